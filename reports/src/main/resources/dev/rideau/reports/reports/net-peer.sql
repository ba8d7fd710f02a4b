-- title: Network peers
-- group: Network
-- answers: Which addresses and ports exchanged how many packets with this machine?
-- needs: net_dev_queue | net_dev_xmit | net_if_receive_skb
-- param: limit
-- column: device text | Name of the interface.
-- column: protocol text | TCP, UDP, ICMP, or what else is known.
-- column: local text | This machine's address and port.
-- column: peer text | The other's address and port.
-- column: sent_packets count | Packets that were queued for the peer.
-- column: sent bytes | Their length.
-- column: received_packets count | Packets that came from the peer.
-- column: received bytes | Their length.
-- column: first time | The first packet.
-- column: last time | The last packet.
-- plot: bar label=peer value=received
-- see: net-device, net-process
WITH packets AS (
  SELECT ts, device, protocol, operation = 'receive' AS is_in, bytes,
    coalesce(source, '?') || coalesce(':' || source_port, '') AS source,
    coalesce(destination, '?') || coalesce(':' || destination_port, '') AS destination
  FROM net_packet WHERE operation IN ('queue', 'receive') AND ts >= $begin AND ts < $end
)
SELECT device, protocol, CASE WHEN is_in THEN destination ELSE source END AS local,
  CASE WHEN is_in THEN source ELSE destination END AS peer,
  count(*) FILTER (NOT is_in) AS sent_packets,
  coalesce(sum(bytes) FILTER (NOT is_in), 0)::BIGINT AS sent,
  count(*) FILTER (is_in) AS received_packets,
  coalesce(sum(bytes) FILTER (is_in), 0)::BIGINT AS received, min(ts) AS first, max(ts) AS last
FROM packets GROUP BY 1, 2, 3, 4 ORDER BY sent + received DESC, device, local, peer LIMIT $limit
