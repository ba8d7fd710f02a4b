/*
 * Emits as many events as asked for in each of several threads and prints nanoseconds an event, one
 * line a round: what TracerEmit does, with LTTng-UST.
 *
 *     emit THREADS EVENTS ROUNDS
 */
#define LTTNG_UST_TRACEPOINT_CREATE_PROBES
#define LTTNG_UST_TRACEPOINT_DEFINE
#include "request.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define MOST_THREADS 64

static long events;

static void *emit(void *unused)
{
	for (long i = 0; i < events; i++)
		lttng_ust_tracepoint(bench, request, i, (int32_t) i, "short/str");
	return unused;
}

static double now_ns(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1e9 + time.tv_nsec;
}

int main(int count, char **words)
{
	if (count != 4 || atoi(words[1]) < 1 || atoi(words[1]) > MOST_THREADS)
		return 2;
	int threads = atoi(words[1]);
	int rounds = atoi(words[3]);
	events = atol(words[2]);
	for (int round = 0; round < rounds; round++) {
		pthread_t all[MOST_THREADS];
		double begin = now_ns();

		for (int i = 0; i < threads; i++)
			pthread_create(&all[i], NULL, emit, NULL);
		for (int i = 0; i < threads; i++)
			pthread_join(all[i], NULL);
		printf("%.2f\n", (now_ns() - begin) / events);
	}
	return 0;
}
