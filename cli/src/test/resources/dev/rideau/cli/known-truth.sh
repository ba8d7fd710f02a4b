# A workload that says what it did. $1 is an empty folder; what it says lies there at the end.
d=$1
cp /bin/true "$d/rdtrue"
cp /bin/dd "$d/rddd"
cp /bin/sleep "$d/rdsleep"
for i in 1 2 3; do cp /bin/sh "$d/rdburn$i"; done
i=0
while [ $i -lt 25 ]; do
  "$d/rdtrue"
  i=$((i + 1))
done
"$d/rddd" if=/dev/zero of="$d/data" bs=4096 count=300 status=none
"$d/rdsleep" 0.4
for i in 1 2 3; do
  date +%s%N >"$d/began$i"
  "$d/rdburn$i" -c "trap 'times >$d/times$i; exit' TERM; while :; do :; done" &
  eval "p$i=\$!"
  sleep 1
done
kill -TERM $p1 $p2 $p3
wait
