PRAGMA foreign_keys = OFF;
PRAGMA application_id = 1719170932;
PRAGMA user_version = 2;
BEGIN TRANSACTION;
CREATE TABLE acknowledgement (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  alert_id TEXT NOT NULL REFERENCES alert ON DELETE CASCADE,
  author TEXT NOT NULL,
  reason TEXT NOT NULL,
  created INTEGER NOT NULL,
  until INTEGER,
  ended INTEGER
) STRICT;
INSERT INTO "acknowledgement" VALUES(1,'alert_a1b2_1','bob','on it',1767916800000,NULL,NULL);
CREATE TABLE alert (
  id TEXT PRIMARY KEY NOT NULL,
  rule TEXT NOT NULL,
  series_id INTEGER NOT NULL REFERENCES series,
  kind TEXT NOT NULL CHECK (kind = 'event' OR kind = 'state'),
  severity TEXT NOT NULL,
  fired_at INTEGER NOT NULL,
  resolved_at INTEGER,
  data TEXT NOT NULL
) STRICT;
INSERT INTO "alert" VALUES('alert_a1b2_1','big-move',1,'state','warning',1767398400000,NULL,'{"alert_id":"alert_a1b2_1","summary":"EUR/USD moved 2 %"}');
INSERT INTO "alert" VALUES('alert_a1b2_2','big-move',2,'state','critical',1767312000000,1767398400000,'{"alert_id":"alert_a1b2_2","summary":"EUR/RUB"}');
INSERT INTO "alert" VALUES('alert_a1b2_3','jump',3,'event','info',1767916800000,NULL,'{"alert_id":"alert_a1b2_3","summary":"KGS/USD jumped"}');
CREATE TABLE alert_state (
  rule TEXT NOT NULL,
  series_id INTEGER NOT NULL REFERENCES series,
  phase TEXT NOT NULL CHECK (
    phase = 'inactive' OR phase = 'pending' OR phase = 'firing' OR phase = 'retired'),
  publications INTEGER,
  alert_id TEXT,
  since INTEGER,
  last_told INTEGER,
  turns TEXT NOT NULL,
  brake INTEGER,
  fingerprint TEXT NOT NULL,
  PRIMARY KEY (rule, series_id)
) STRICT, WITHOUT ROWID;
INSERT INTO "alert_state" VALUES('big-move',1,'firing',NULL,'alert_a1b2_1',1767398400000,1767484800000,'3 17',1,'f1');
INSERT INTO "alert_state" VALUES('big-move',3,'pending',2,NULL,1767916800000,NULL,'',NULL,'f1');
INSERT INTO "alert_state" VALUES('once',1,'retired',NULL,NULL,NULL,NULL,'',NULL,'f2');
CREATE TABLE delivery (
  event_sequence INTEGER NOT NULL REFERENCES event ON DELETE CASCADE,
  notifier TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  due INTEGER NOT NULL,
  opened INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state = 'open' OR state = 'delivered' OR state = 'dead'),
  lines INTEGER NOT NULL,
  PRIMARY KEY (event_sequence, notifier)
) STRICT, WITHOUT ROWID;
INSERT INTO "delivery" VALUES(1,'console',1,1767398400000,1767398400000,'delivered',1);
INSERT INTO "delivery" VALUES(1,'ops',2,1768010400000,1767398400000,'open',2);
INSERT INTO "delivery" VALUES(2,'mail',8,1768003200000,1768003200000,'dead',1);
INSERT INTO "delivery" VALUES(2,'ops',0,1768003200000,1768003200000,'open',0);
INSERT INTO "delivery" VALUES(3,'ops',1,1767916800000,1767916800000,'delivered',1);
CREATE TABLE delivery_attempt (
  event_sequence INTEGER NOT NULL,
  notifier TEXT NOT NULL,
  line INTEGER NOT NULL,
  at INTEGER NOT NULL,
  number INTEGER NOT NULL,
  result TEXT NOT NULL CHECK (result = 'delivered' OR result = 'postponed' OR result = 'dead'),
  detail TEXT NOT NULL,
  PRIMARY KEY (event_sequence, notifier, line),
  FOREIGN KEY (event_sequence, notifier) REFERENCES delivery ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
INSERT INTO "delivery_attempt" VALUES(1,'console',1,1767398400000,1,'delivered','written');
INSERT INTO "delivery_attempt" VALUES(1,'ops',1,1767398400000,1,'postponed','HTTP 500');
INSERT INTO "delivery_attempt" VALUES(1,'ops',2,1767402000000,2,'postponed','HTTP 429');
INSERT INTO "delivery_attempt" VALUES(2,'mail',1,1768006800000,8,'dead','554 5.7.1 refused');
INSERT INTO "delivery_attempt" VALUES(3,'ops',1,1767916800000,1,'delivered','HTTP 204');
CREATE TABLE disabled_notifier (
  name TEXT PRIMARY KEY NOT NULL,
  fingerprint TEXT NOT NULL,
  since INTEGER NOT NULL,
  reason TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "disabled_notifier" VALUES('mail','m1',1768006800000,'554 5.7.1 refused');
CREATE TABLE event (
  sequence INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  type TEXT NOT NULL,
  timestamp INTEGER NOT NULL,
  lane TEXT NOT NULL,
  alert_id TEXT,
  data TEXT
) STRICT;
INSERT INTO "event" VALUES(1,'event_a1b2_1','alert.firing',1767398400000,'ecb EUR/USD','alert_a1b2_1',NULL);
INSERT INTO "event" VALUES(2,'event_a1b2_2','source.stale',1768003200000,'source ecb',NULL,'{"summary":"ecb is late"}');
INSERT INTO "event" VALUES(3,'event_a1b2_3','alert.firing',1767916800000,'timesca KGS/USD','alert_a1b2_3',NULL);
INSERT INTO "event" VALUES(4,'event_a1b2_4','alert.reminder',1768006800000,'ecb EUR/USD',NULL,'{"alert_id":"alert_a1b2_1","summary":"still"}');
CREATE TABLE failing_notifier (
  name TEXT PRIMARY KEY NOT NULL,
  since INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "failing_notifier" VALUES('ops',1767398400000);
CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
INSERT INTO "grdb_migrations" VALUES('1 history, alerts and outbox');
INSERT INTO "grdb_migrations" VALUES('2 unfinished publications');
CREATE TABLE held (
  event_sequence INTEGER NOT NULL REFERENCES event ON DELETE CASCADE,
  notifier TEXT NOT NULL,
  PRIMARY KEY (event_sequence, notifier)
) STRICT, WITHOUT ROWID;
INSERT INTO "held" VALUES(2,'night');
INSERT INTO "held" VALUES(4,'night');
CREATE TABLE meta (
  key TEXT PRIMARY KEY NOT NULL,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "meta" VALUES('installation','a1b2c3d4e5f60718');
CREATE TABLE observation (
  series_id INTEGER NOT NULL,
  publication INTEGER NOT NULL,
  coefficient INTEGER,
  scale INTEGER NOT NULL,
  nominal INTEGER NOT NULL,
  version INTEGER NOT NULL,
  published_change TEXT,
  suspect TEXT,
  PRIMARY KEY (series_id, publication)
) STRICT, WITHOUT ROWID;
INSERT INTO "observation" VALUES(1,0,109,2,1,1,NULL,NULL);
INSERT INTO "observation" VALUES(1,1,11000,4,1,1,NULL,NULL);
INSERT INTO "observation" VALUES(1,2,11831,4,1,1,'+7.55 %',NULL);
INSERT INTO "observation" VALUES(2,1,9050,2,100,1,NULL,NULL);
INSERT INTO "observation" VALUES(2,2,NULL,0,1,1,NULL,NULL);
INSERT INTO "observation" VALUES(3,1,1056,5,1,1,NULL,NULL);
INSERT INTO "observation" VALUES(3,2,10560,5,1,1,NULL,'power-of-ten: it is 10 times the last rate');
CREATE TABLE publication (
  source_id INTEGER NOT NULL REFERENCES source,
  number INTEGER NOT NULL,
  value_date INTEGER,
  first_seen INTEGER NOT NULL,
  last_seen INTEGER NOT NULL,
  body_hash TEXT NOT NULL,
  headlines TEXT, imported INTEGER NOT NULL GENERATED ALWAYS AS (number < 1) VIRTUAL,
  PRIMARY KEY (source_id, number)
) STRICT, WITHOUT ROWID;
INSERT INTO "publication" VALUES(1,0,20455,1767312000000,1767312000000,'archive',NULL);
INSERT INTO "publication" VALUES(1,1,20456,1767398400000,1767430800000,'hash 1',NULL);
INSERT INTO "publication" VALUES(1,2,20457,1767484800000,1767517200000,'hash 2',NULL);
INSERT INTO "publication" VALUES(2,1,NULL,1767916800000,1767934800000,'hash 1','[["Som \"steady\"","https://timesca.example/1"],["Без ссылки",null]]');
INSERT INTO "publication" VALUES(2,2,20463,1768003200000,1768003200000,'ab',NULL);
CREATE TABLE rested_alert (
  rule TEXT NOT NULL,
  series_id INTEGER NOT NULL REFERENCES series,
  alert_id TEXT NOT NULL,
  fired_at INTEGER NOT NULL,
  value_date INTEGER NOT NULL,
  rate TEXT NOT NULL,
  PRIMARY KEY (rule, series_id)
) STRICT, WITHOUT ROWID;
INSERT INTO "rested_alert" VALUES('big-move',1,'alert_a1b2_1',1767398400000,20456,'1.1000');
CREATE TABLE series (
  id INTEGER PRIMARY KEY,
  source_id INTEGER NOT NULL REFERENCES source,
  base TEXT NOT NULL,
  quote TEXT NOT NULL,
  side TEXT NOT NULL CHECK (side = 'mid' OR side = 'bid' OR side = 'ask'),
  scale INTEGER NOT NULL,
  listed INTEGER NOT NULL,
  suspect INTEGER,
  UNIQUE (source_id, base, quote, side)
) STRICT;
INSERT INTO "series" VALUES(1,1,'EUR','USD','mid',4,1,NULL);
INSERT INTO "series" VALUES(2,1,'EUR','RUB','mid',2,0,NULL);
INSERT INTO "series" VALUES(3,2,'KGS','USD','bid',5,1,2);
CREATE TABLE silence (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  matchers TEXT NOT NULL,
  author TEXT NOT NULL,
  reason TEXT NOT NULL,
  created INTEGER NOT NULL,
  until INTEGER NOT NULL,
  ended INTEGER
) STRICT;
INSERT INTO "silence" VALUES(1,'["rule=big-move","pair=*/USD"]','ana','known move',1767916800000,1768953600000,NULL);
INSERT INTO "silence" VALUES(2,'["source=ecb"]','ana','maintenance',1767916800000,1768953600000,1767920400000);
CREATE TABLE source (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;
INSERT INTO "source" VALUES(1,'ecb');
INSERT INTO "source" VALUES(2,'timesca');
CREATE TABLE source_state (
  source_id INTEGER PRIMARY KEY REFERENCES source,
  last_attempt INTEGER,
  last_success INTEGER,
  failures INTEGER NOT NULL,
  last_failure TEXT,
  down_since INTEGER,
  due INTEGER,
  validators_url TEXT,
  etag TEXT,
  last_modified TEXT,
  latest_publication INTEGER NOT NULL,
  latest_first_seen INTEGER,
  latest_value_date INTEGER,
  failing_since INTEGER,
  unreachable INTEGER NOT NULL,
  stale_since INTEGER,
  retired TEXT NOT NULL
, unfinished_hash TEXT, unfinished_value_date INTEGER, unfinished_first_seen INTEGER, unfinished_lines INTEGER) STRICT;
INSERT INTO "source_state" VALUES(1,1768003200000,1767916800000,3,'HTTP 503',1767927600000,1768006800000,'https://bank.example/rates','"a"','Mon, 05 Jan 2026',2,1767484800000,20457,1767924000000,0,1768003200000,'BGN HRK',NULL,NULL,NULL,NULL);
INSERT INTO "source_state" VALUES(2,1768003200000,1768003200000,0,NULL,NULL,1768006800000,NULL,NULL,NULL,2,1768003200000,20463,NULL,0,NULL,'','ab',20463,1768003200000,512);
CREATE INDEX publication_first_seen ON publication (source_id, first_seen);
CREATE INDEX publication_day
  ON publication (source_id, coalesce(value_date, first_seen / 86400000));
CREATE INDEX alert_firing ON alert (fired_at) WHERE kind = 'state' AND resolved_at IS NULL;
CREATE VIEW told AS
  SELECT sequence, event.id, type, timestamp, lane, coalesce(event.data, alert.data) AS data
  FROM event LEFT JOIN alert ON alert.id = alert_id;
CREATE INDEX delivery_open ON delivery (event_sequence, notifier) WHERE state = 'open';
COMMIT;
