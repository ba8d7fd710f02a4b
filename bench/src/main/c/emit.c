/*
 * Emits as many events as asked for in each of several threads and prints nanoseconds of the clock and
 * of the emitting processor for each event of a thread, one line a round: what TracerEmit does, with
 * LTTng-UST.
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

static double now_ns(clockid_t clock)
{
	struct timespec time;

	clock_gettime(clock, &time);
	return time.tv_sec * 1e9 + time.tv_nsec;
}

static void *emit(void *cpu_ns)
{
	double begin = now_ns(CLOCK_THREAD_CPUTIME_ID);

	for (long i = 0; i < events; i++)
		lttng_ust_tracepoint(bench, request, i, (int32_t) i, "short/str");
	*(double *) cpu_ns = now_ns(CLOCK_THREAD_CPUTIME_ID) - begin;
	return NULL;
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
		double cpu_ns[MOST_THREADS];
		double cpu = 0;
		double begin = now_ns(CLOCK_MONOTONIC);

		for (int i = 0; i < threads; i++)
			pthread_create(&all[i], NULL, emit, &cpu_ns[i]);
		for (int i = 0; i < threads; i++) {
			pthread_join(all[i], NULL);
			cpu += cpu_ns[i];
		}
		printf("%.2f %.2f\n", (now_ns(CLOCK_MONOTONIC) - begin) / events, cpu / events / threads);
	}
	return 0;
}
