-- title: Network devices
-- group: Network
-- answers: How much went through each network interface?
-- needs: net_dev_queue | net_dev_xmit | net_if_receive_skb
-- column: host id | The machine.
-- column: device text | Name of the interface.
-- column: sent_packets count | Packets that were handed to the driver.
-- column: sent bytes | Their length.
-- column: received_packets count | Packets that came in; several may have been joined to one before.
-- column: received bytes | Their length.
-- column: send_rate bytes/s | Sent in a second.
-- column: receive_rate bytes/s | Received in a second.
-- column: refused count | Packets that the driver did not take.
-- plot: bar label=device value=received
-- see: net-process, net-peer, net-over-time
SELECT host, device, count(*) FILTER (operation = 'xmit') AS sent_packets,
  coalesce(sum(bytes) FILTER (operation = 'xmit'), 0)::BIGINT AS sent,
  count(*) FILTER (operation = 'receive') AS received_packets,
  coalesce(sum(bytes) FILTER (operation = 'receive'), 0)::BIGINT AS received,
  coalesce(sum(bytes) FILTER (operation = 'xmit'), 0) * 1e9 / nullif($end - $begin, 0) AS send_rate,
  coalesce(sum(bytes) FILTER (operation = 'receive'), 0) * 1e9 / nullif($end - $begin, 0) AS receive_rate,
  count(*) FILTER (operation = 'xmit' AND result <> 0) AS refused
FROM net_packet WHERE ts >= $begin AND ts < $end GROUP BY host, device ORDER BY host, sent + received DESC, device
