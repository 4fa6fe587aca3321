import GRDB

/// The tables, and the migrations of older databases.
///
/// A migration is frozen once it is released: it contains literals only, and a change of the tables
/// is one more migration at the end. `user_version` is the number of migrations applied.
enum Schema {
  /// Identifies the file as fxwatch's (`fxwt` in ASCII), for `file` and against wrong paths.
  static let applicationID: Int64 = 0x6678_7774

  /// The migrations, oldest first.
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator().disablingDeferredForeignKeyChecks()
    migrator.registerMigration("1 history, alerts and outbox") { db in
      try db.execute(sql: historyAlertsAndOutbox)
    }
    migrator.registerMigration("2 unfinished publications") { db in
      try db.execute(sql: unfinishedPublications)
    }
    migrator.registerMigration("3 identity of events") { db in
      try db.execute(sql: identityOfEvents)
    }
    migrator.registerMigration("4 checksums") { db in
      try db.execute(sql: checksums)
    }
    migrator.registerMigration("5 open deliveries of each notifier") { db in
      try db.execute(sql: openDeliveries)
    }
    migrator.registerMigration("6 recipients of alerts") { db in
      try db.execute(sql: recipientsOfAlerts)
    }
    migrator.registerMigration("7 limits of alerts") { db in
      try db.execute(sql: limitsOfAlerts)
    }
    migrator.registerMigration("8 arming of alerts") { db in
      try db.execute(sql: armingOfAlerts)
    }
    return migrator
  }

  /// The tables of version 1.
  ///
  /// All numbers are integers: a coefficient and a scale, milliseconds and days since 1970.
  ///
  /// - `observation`: `publication` counts within its source; that row has the first fetch and the
  ///   value date. A NULL coefficient means that the series was no longer listed. `suspect` is the
  ///   reason why a rate is kept from rules; in `series`, the publication of the latest such rate.
  /// - `publication`: those imported from archives have numbers below 1.
  /// - `event`: the data of an alert's firing is that of the row in `alert`, all other data is in the
  ///   event itself; the view `told` has both.
  /// - `delivery_attempt`: the ledger of `delivery`. Lines are counted, because a clock can be set
  ///   back.
  /// - `rested_alert`: the rate each alert was based on when it last fired.
  ///
  /// Rows that are written by the thousand are kept cheap. An observation refers to its series without
  /// `REFERENCES`, and has no index beside its key: each would be one more seek a rate. A CHECK of
  /// more than two values does not use `IN`, for which SQLite fills a table at each row.
  private static let historyAlertsAndOutbox = """
    PRAGMA user_version = 1;

    CREATE TABLE meta (
      key TEXT PRIMARY KEY NOT NULL,
      value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    INSERT INTO meta VALUES ('installation', lower(hex(randomblob(8))));

    CREATE TABLE source (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE
    ) STRICT;

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
    ) STRICT;

    CREATE TABLE publication (
      source_id INTEGER NOT NULL REFERENCES source,
      number INTEGER NOT NULL,
      value_date INTEGER,
      first_seen INTEGER NOT NULL,
      last_seen INTEGER NOT NULL,
      body_hash TEXT NOT NULL,
      headlines TEXT,
      PRIMARY KEY (source_id, number)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX publication_first_seen ON publication (source_id, first_seen);
    CREATE INDEX publication_day
      ON publication (source_id, coalesce(value_date, first_seen / 86400000));
    ALTER TABLE publication
      ADD COLUMN imported INTEGER NOT NULL GENERATED ALWAYS AS (number < 1) VIRTUAL;

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
    CREATE INDEX alert_firing ON alert (fired_at) WHERE kind = 'state' AND resolved_at IS NULL;

    CREATE TABLE disabled_notifier (
      name TEXT PRIMARY KEY NOT NULL,
      fingerprint TEXT NOT NULL,
      since INTEGER NOT NULL,
      reason TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE failing_notifier (
      name TEXT PRIMARY KEY NOT NULL,
      since INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE event (
      sequence INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      type TEXT NOT NULL,
      timestamp INTEGER NOT NULL,
      lane TEXT NOT NULL,
      alert_id TEXT,
      data TEXT
    ) STRICT;
    CREATE VIEW told AS
      SELECT sequence, event.id, type, timestamp, lane, coalesce(event.data, alert.data) AS data
      FROM event LEFT JOIN alert ON alert.id = alert_id;

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
    CREATE INDEX delivery_open ON delivery (event_sequence, notifier) WHERE state = 'open';

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

    CREATE TABLE held (
      event_sequence INTEGER NOT NULL REFERENCES event ON DELETE CASCADE,
      notifier TEXT NOT NULL,
      PRIMARY KEY (event_sequence, notifier)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE silence (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      matchers TEXT NOT NULL,
      author TEXT NOT NULL,
      reason TEXT NOT NULL,
      created INTEGER NOT NULL,
      until INTEGER NOT NULL,
      ended INTEGER
    ) STRICT;

    CREATE TABLE acknowledgement (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      alert_id TEXT NOT NULL REFERENCES alert ON DELETE CASCADE,
      author TEXT NOT NULL,
      reason TEXT NOT NULL,
      created INTEGER NOT NULL,
      until INTEGER,
      ended INTEGER
    ) STRICT;

    CREATE TABLE rested_alert (
      rule TEXT NOT NULL,
      series_id INTEGER NOT NULL REFERENCES series,
      alert_id TEXT NOT NULL,
      fired_at INTEGER NOT NULL,
      value_date INTEGER NOT NULL,
      rate TEXT NOT NULL,
      PRIMARY KEY (rule, series_id)
    ) STRICT, WITHOUT ROWID;
    """

  /// The columns of version 2: the identity of a source's latest publication while only its first lines are stored, and
  /// the number of those lines.
  private static let unfinishedPublications = """
    PRAGMA user_version = 2;

    ALTER TABLE source_state ADD COLUMN unfinished_hash TEXT;
    ALTER TABLE source_state ADD COLUMN unfinished_value_date INTEGER;
    ALTER TABLE source_state ADD COLUMN unfinished_first_seen INTEGER;
    ALTER TABLE source_state ADD COLUMN unfinished_lines INTEGER;
    """

  /// The columns of version 3, from which identifiers of events are made: the digest of a source's publications, and the
  /// alert before the next, which may be based on no day.
  private static let identityOfEvents = """
    PRAGMA user_version = 3;

    ALTER TABLE source_state ADD COLUMN history TEXT;

    CREATE TABLE latest_alert (
      rule TEXT NOT NULL,
      series_id INTEGER NOT NULL REFERENCES series,
      alert_id TEXT NOT NULL,
      fired_at INTEGER NOT NULL,
      value_date INTEGER,
      rate TEXT NOT NULL,
      PRIMARY KEY (rule, series_id)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO latest_alert
      SELECT rule, series_id, alert_id, fired_at, value_date, rate FROM rested_alert;
    DROP TABLE rested_alert;
    """

  /// The columns of version 4: checksums, NULL in rows of an earlier version, which are not checked.
  ///
  /// That of a publication is the sum of those of its own columns, of its headlines and of each of its
  /// observations, as `Checksum` and `StoredObservation` compute them. Columns are added without writing
  /// a row, so that the migration takes no longer for a large database.
  private static let checksums = """
    PRAGMA user_version = 4;

    ALTER TABLE publication ADD COLUMN checksum INTEGER;
    ALTER TABLE observation ADD COLUMN checksum INTEGER;
    ALTER TABLE alert ADD COLUMN checksum INTEGER;
    ALTER TABLE event ADD COLUMN checksum INTEGER;

    DROP VIEW IF EXISTS told;
    CREATE VIEW told AS
      SELECT sequence, event.id, type, timestamp, lane, coalesce(event.data, alert.data) AS data,
        event.checksum, alert_id, rule, kind, severity, fired_at, alert.checksum AS alert_checksum
      FROM event LEFT JOIN alert ON alert.id = alert_id;
    """

  /// Version 5 reads the open deliveries of one notifier, the most severe first; `urgency` is the severity
  /// of an event.
  private static let openDeliveries = """
    PRAGMA user_version = 5;

    ALTER TABLE event ADD COLUMN urgency TEXT NOT NULL DEFAULT 'notice';
    UPDATE event SET urgency = coalesce((
      SELECT json_extract(data, '$.severity') FROM told
      WHERE told.sequence = event.sequence AND json_valid(data)
        AND json_extract(data, '$.severity') IN ('info', 'warning', 'critical')), 'notice')
      WHERE sequence IN (SELECT event_sequence FROM delivery WHERE state <> 'delivered');

    DROP INDEX delivery_open;
    CREATE INDEX delivery_waiting ON delivery (notifier, event_sequence) WHERE state = 'open';
    """

  /// Version 6 has the notifiers that get the end of an alert, one a line; NULL in states of an earlier
  /// version.
  private static let recipientsOfAlerts = """
    PRAGMA user_version = 6;

    ALTER TABLE alert_state ADD COLUMN recipients TEXT;
    """

  /// The tables of version 7: an alert of a rule with `at_most` knows when it was sent, in milliseconds
  /// separated by spaces, and how often it was not.
  private static let limitsOfAlerts = """
    PRAGMA user_version = 7;

    ALTER TABLE alert_state ADD COLUMN sent TEXT;
    ALTER TABLE alert_state ADD COLUMN withheld INTEGER NOT NULL DEFAULT 0;
    """

  /// Version 8 has when an alert was armed, and when before that, in milliseconds; NULL unless its rule has
  /// windows that begin then.
  private static let armingOfAlerts = """
    PRAGMA user_version = 8;

    ALTER TABLE alert_state ADD COLUMN armed INTEGER;
    ALTER TABLE alert_state ADD COLUMN armed_before INTEGER;
    """
}
