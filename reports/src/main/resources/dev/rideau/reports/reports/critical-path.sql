-- title: Critical path of a thread
-- group: Threads
-- answers: What explains the time that a thread took, across all threads and devices it waited for?
-- needs: sched_switch, sched_waking | sched_wakeup
-- uses: irq_handler_entry, softirq_entry, syscall_entry, syscall_exit
-- prepare: critical_path_pieces
-- param: tid ids = | The thread; default: the one that ran most.
-- param: proc names = | The process or thread by name.
-- param: utid ids = | The thread by its number in the table thread: a tid can be used again.
-- param: limit count = 1000
-- column: time time | When the piece began.
-- column: dur ns | How long it lasted.
-- column: thread text | The thread that ran, or waited for a device or timer.
-- column: what text | running, runnable, disk, timer, network, interrupt, blocked, stopped, unknown.
-- column: detail text | Of running up to three system calls, of waiting the cause or the interrupt.
-- column: user ns | Of running: in the program.
-- column: kernel ns | Of running: in the kernel.
-- column: irq ns | Of running: in interrupts.
-- column: depth count | How many threads wait for this one in turn.
-- column: wakes text | The thread that was woken at its end and goes on.
-- plot: timeline time=time duration=dur track=thread color=what next=wakes
-- see: critical-path-summary, blocked, thread-timeline
SELECT c.ts AS time, c.until - c.ts AS dur, t.name || ' ' || t.tid AS thread, c.kind AS what, c.detail,
  c.user, c.kernel, c.irq, c.depth, n.name || ' ' || n.tid AS wakes
FROM critical_path_pieces c JOIN thread t USING (utid) LEFT JOIN thread n ON n.utid = c.wakes
ORDER BY c.piece LIMIT $limit
