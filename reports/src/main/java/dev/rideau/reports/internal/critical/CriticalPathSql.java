package dev.rideau.reports.internal.critical;

/// Statements that make the tables of a critical path.
final class CriticalPathSql {
  /// The table that the walk fills.
  static final String STEPS = "critical_path_step";

  static final String CREATE_STEPS =
      """
      CREATE OR REPLACE TEMP TABLE critical_path_step(step BIGINT, piece BIGINT, ts BIGINT, dur BIGINT,
        utid BIGINT, kind VARCHAR, detail VARCHAR, depth INTEGER, wakes BIGINT)
      """;

  // Begins of states and of steps in one order: to each belong the last step and the last state
  // before it. A step meets the state that it begins in and, when it ran, those that begin in it.
  private static final String STATES =
      """
      WITH marks AS (
        SELECT utid, ts, ts + dur AS until, detail, syscall, cpu, NULL::BIGINT AS step FROM thread_state
        WHERE utid IN (SELECT utid FROM critical_path_step) AND dur > 0 AND ts < $end AND ts + dur > $begin
        UNION ALL
        SELECT utid, ts, NULL, NULL, NULL, NULL, step FROM critical_path_step
      ), met AS (
        SELECT ts, step, max(step) OVER w AS in_step,
          max(until) OVER w AS state_until,
          last_value(CASE WHEN step IS NULL THEN coalesce(detail, '') END IGNORE NULLS) OVER w AS detail,
          last_value(CASE WHEN step IS NULL THEN coalesce(syscall, '') END IGNORE NULLS) OVER w AS syscall,
          last_value(CASE WHEN step IS NULL THEN coalesce(cpu, -1) END IGNORE NULLS) OVER w AS cpu
        FROM marks WINDOW w AS (PARTITION BY utid ORDER BY ts, step NULLS FIRST)
      ), parts AS (
        SELECT s.step, s.piece, m.ts, s.utid, s.kind, m.state_until > m.ts AS is_known, s.ts + s.dur AS step_until,
          CASE WHEN s.kind = 'running' AND m.state_until > m.ts THEN least(m.state_until, s.ts + s.dur)
            ELSE s.ts + s.dur END AS until,
          coalesce(s.detail, CASE WHEN is_known THEN nullif(m.detail, '') END) AS detail,
          CASE WHEN is_known THEN nullif(m.syscall, '') END AS syscall,
          CASE WHEN is_known AND m.cpu >= 0 THEN m.cpu END AS cpu, s.depth,
          CASE WHEN until = step_until THEN s.wakes END AS wakes, until - m.ts AS dur
        FROM met m JOIN critical_path_step s ON s.step = m.in_step
        WHERE m.step IS NOT NULL OR s.kind = 'running' AND m.ts < s.ts + s.dur
      )\
      """;

  private static final String PIECES =
      """
      , calls AS (
        SELECT piece, syscall, sum(dur) AS ns FROM parts WHERE kind = 'running' AND syscall IS NOT NULL GROUP BY ALL
      ), named AS (
        SELECT piece, string_agg(syscall, ', ' ORDER BY ns DESC, syscall) AS syscalls FROM (
          FROM calls QUALIFY row_number() OVER (PARTITION BY piece ORDER BY ns DESC, syscall) <= 3)
        GROUP BY piece
      ), whole AS (
        SELECT piece, min(ts) AS ts, max(ts + dur) AS until, any_value(utid) AS utid, any_value(kind) AS kind,
          sum(dur) FILTER (detail = 'user') AS user,
          sum(dur) FILTER (detail NOT IN ('user', 'irq', 'softirq')) AS kernel,
          sum(dur) FILTER (detail IN ('irq', 'softirq')) AS irq,
          string_agg(DISTINCT detail, ', ' ORDER BY detail) FILTER (kind <> 'running') AS details,
          max(depth) AS depth, max(wakes) AS wakes
        FROM parts GROUP BY piece
      )
      SELECT piece, ts, until, utid, kind,
        CASE WHEN kind = 'running' THEN coalesce(user, 0) ELSE 0 END::BIGINT AS user,
        CASE WHEN kind = 'running' THEN coalesce(kernel, 0) ELSE 0 END::BIGINT AS kernel,
        CASE WHEN kind = 'running' THEN coalesce(irq, 0) ELSE 0 END::BIGINT AS irq,
        coalesce(syscalls, details) AS detail, depth, wakes
      FROM whole LEFT JOIN named USING (piece)
      """;

  private CriticalPathSql() {}

  /// Makes the table of all states that the steps meet, which lie between two times.
  static String createStates(long beginNs, long endNs) {
    return "CREATE OR REPLACE TEMP TABLE "
        + CriticalPathTable.NAME
        + " AS "
        + states(beginNs, endNs)
        + " SELECT step, piece, ts, dur, utid, kind, detail, syscall, cpu, depth, wakes FROM parts";
  }

  /// Makes the table of pieces.
  static String createPieces(long beginNs, long endNs) {
    return "CREATE OR REPLACE TEMP TABLE "
        + CriticalPathTable.PIECES
        + " AS "
        + states(beginNs, endNs)
        + PIECES;
  }

  private static String states(long beginNs, long endNs) {
    return STATES.replace("$begin", Long.toString(beginNs)).replace("$end", Long.toString(endNs));
  }
}
