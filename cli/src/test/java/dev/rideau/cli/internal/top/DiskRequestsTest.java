package dev.rideau.cli.internal.top;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rideau.kernel.RequestFlags;
import org.junit.jupiter.api.Test;

/// Requests that a busy disk hands back.
final class DiskRequestsTest {
  private static final long DEVICE = 0x800010;
  private static final int DD = 7;
  private static final int WORKER = 9;

  private final TopRecords records = new TopRecords();

  private void isCounted(long ddBytes, long ddRequests, long workerBytes, long workerRequests) {
    TopTracker.Interval interval = records.until(10_000);
    Usage dd = TopRecords.of(interval, DD);
    Usage worker = TopRecords.of(interval, WORKER);
    assertThat(dd.diskBytes).isEqualTo(ddBytes);
    assertThat(dd.diskRequests).isEqualTo(ddRequests);
    assertThat(worker.diskBytes).isEqualTo(workerBytes);
    assertThat(worker.diskRequests).isEqualTo(workerRequests);
  }

  @Test
  void whatIsHandedBackIsCountedOnceForWhoIssuedItFirst() {
    records.add(1000, "block_rq_issue", DD, DEVICE, 64, 8, 4096);
    records.add(1010, "block_rq_requeue", DD, DEVICE, 64, 8);
    records.add(1500, 1, "block_rq_issue", WORKER, DEVICE, 64, 8, 4096);
    records.add(1600, "block_rq_requeue", WORKER, DEVICE, 64, 8);
    records.add(1700, "block_rq_issue", WORKER, DEVICE, 64, 8, 4096);
    isCounted(4096, 1, 0, 0);
  }

  @Test
  void whatWasMergedMeanwhileIsAdded() {
    records.add(1000, "block_rq_issue", DD, DEVICE, 64, 8, 4096);
    records.add(1010, "block_rq_requeue", DD, DEVICE, 64, 8);
    records.add(1500, "block_rq_issue", WORKER, DEVICE, 64, 24, 12288);
    isCounted(12288, 1, 0, 0);
  }

  @Test
  void withoutRecordsOfItTheMissingEndTells() {
    records.add(1000, "block_rq_issue", DD, DEVICE, 64, 8, 4096);
    records.add(1100, "block_rq_complete", DD, DEVICE, 64, 8);
    records.add(1200, "block_rq_issue", WORKER, DEVICE, 64, 8, 4096);
    records.add(1300, "block_rq_issue", DD, DEVICE, 64, 8, 4096);
    isCounted(4096, 1, 4096, 1);
  }

  @Test
  void whereEndsAreNotToldEachIsCounted() {
    records.add(1000, "block_rq_issue", DD, DEVICE, 64, 8, 4096);
    records.add(1200, "block_rq_issue", WORKER, DEVICE, 64, 8, 4096);
    isCounted(4096, 1, 4096, 1);
  }

  @Test
  void theRestOfARequestThatEndedInPartIsNotCountedAgain() {
    records.add(1000, "block_rq_issue", DD, DEVICE, 64, 24, 12288);
    records.add(1100, "block_rq_complete", DD, DEVICE, 64, 8);
    records.add(1110, "block_rq_requeue", DD, DEVICE, 72, 16);
    records.add(1200, "block_rq_issue", WORKER, DEVICE, 72, 16, 8192);
    isCounted(12288, 1, 0, 0);
  }

  @Test
  void whoPutItIntoTheQueueIsCounted() {
    records.add(1000, "block_rq_insert", DD, DEVICE, 64);
    records.add(1500, "block_rq_issue", WORKER, DEVICE, 64, 8, 4096);
    isCounted(4096, 1, 0, 0);
  }

  @Test
  void aDiscardMovesNoBytes() {
    records.add(1000, "block_rq_issue", DD, DEVICE, 64, 4096, 2097152, RequestFlags.DISCARD);
    records.add(1100, "block_rq_complete", DD, DEVICE, 64, 4096);
    records.add(1200, "block_rq_issue", DD, DEVICE, 64, 4096, 2097152, RequestFlags.WRITE);
    isCounted(2097152, 2, 0, 0);
  }
}
