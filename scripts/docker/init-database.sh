#!/bin/sh
# Run by the mariadb image when its volume is new: the database and the users of scripts/lib/mariadb/setup-sql.mjs.
# Containers connect from changing addresses, so the users may come from any host of the Compose network; the port is
# published on 127.0.0.1 only. What the app may do with each table is granted after the migrations.
set -eu

for name in DB_ADMIN_PASSWORD DB_MIGRATE_PASSWORD DB_APP_PASSWORD DB_VERIFY_PASSWORD; do
  eval "value=\${$name:-}"
  case "$value" in
    '' | *[!A-Za-z0-9_-]*)
      echo "$name must have letters, digits, - and _ only: it is put into an address and into SQL." >&2
      exit 1
      ;;
  esac
done

MYSQL_PWD="$MARIADB_ROOT_PASSWORD" mariadb --user=root --protocol=socket <<SQL
CREATE DATABASE IF NOT EXISTS \`pg_gateway\` CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;
CREATE USER IF NOT EXISTS 'gateway_admin'@'%' IDENTIFIED BY '$DB_ADMIN_PASSWORD';
GRANT ALL PRIVILEGES ON *.* TO 'gateway_admin'@'%' WITH GRANT OPTION;
CREATE USER IF NOT EXISTS 'gateway_migrate'@'%' IDENTIFIED BY '$DB_MIGRATE_PASSWORD';
GRANT ALL PRIVILEGES ON \`pg_gateway\`.* TO 'gateway_migrate'@'%' WITH GRANT OPTION;
CREATE USER IF NOT EXISTS 'gateway_app'@'%' IDENTIFIED BY '$DB_APP_PASSWORD';
GRANT EXECUTE, CREATE TEMPORARY TABLES ON \`pg_gateway\`.* TO 'gateway_app'@'%';
CREATE USER IF NOT EXISTS 'gateway_verify'@'%' IDENTIFIED BY '$DB_VERIFY_PASSWORD';
GRANT SELECT ON \`pg_gateway\`.* TO 'gateway_verify'@'%';
SQL
