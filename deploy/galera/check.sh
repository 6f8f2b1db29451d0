#!/bin/sh
# Answers one HTTP request on standard input and output: 200 when this node may be written to, else 503. It may be when it
# belongs to the majority (Primary), is ready, and is Synced (4) or gives a copy to another node without stopping (2).
# Runs as the system user mysql, whom the server lets in by its socket. First argument: that socket.
socket=${1:-/run/mysqld/mysqld.sock}

# The whole request is read first: closing a connection with unread bytes may take the answer back.
end=$(printf '\r')
while read -r line && [ -n "$line" ] && [ "$line" != "$end" ]; do :; done

# Without its own limit the question would wait as long as a frozen server does. It waits for nothing that the other nodes
# have committed: while one of them joins or leaves that may take longer than the limit.
status=$(timeout 0.9 mariadb --no-defaults --socket="$socket" --user=mysql --connect-timeout=1 --batch --skip-column-names \
  --init-command='SET SESSION wsrep_sync_wait = 0' \
  --execute="SHOW GLOBAL STATUS WHERE Variable_name IN ('wsrep_cluster_status', 'wsrep_local_state', 'wsrep_ready')" \
  2>/dev/null | sort | cut -f 2 | tr '\n' ' ')

case $status in
  'Primary 4 ON ' | 'Primary 2 ON ') answer='200 OK' ;;
  *) answer='503 Service Unavailable' ;;
esac
body="${status:-no answer}"
printf 'HTTP/1.1 %s\r\nContent-Type: text/plain\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s' "$answer" "${#body}" "$body"
