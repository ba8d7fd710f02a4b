-- title: Network throughput over time
-- group: Network
-- answers: When did interfaces send and receive how much?
-- needs: net_dev_xmit | net_if_receive_skb
-- param: bins
-- column: time time | Begin of the part of the time.
-- column: device text | Name of the interface and direction.
-- column: rate bytes/s | Bytes in a second.
-- column: packets count | Packets.
-- plot: line time=time value=rate series=device
-- see: net-device, net-peer
WITH moved AS (
  SELECT device || CASE WHEN operation = 'receive' THEN ' received' ELSE ' sent' END AS device,
    (ts - $begin) // bin_width($begin, $end, $bins) AS bin, sum(bytes) AS bytes, count(*) AS packets
  FROM net_packet WHERE operation IN ('xmit', 'receive') AND ts >= $begin AND ts < $end GROUP BY ALL
), grid AS (
  SELECT DISTINCT device, g.bin FROM moved, range($bins) g(bin)
)
SELECT $begin + g.bin * bin_width($begin, $end, $bins) AS time, g.device,
  coalesce(bytes, 0) * 1e9 / bin_width($begin, $end, $bins) AS rate, coalesce(packets, 0) AS packets
FROM grid g LEFT JOIN moved m ON m.device = g.device AND m.bin = g.bin
WHERE $begin + g.bin * bin_width($begin, $end, $bins) < $end
ORDER BY g.device, g.bin
