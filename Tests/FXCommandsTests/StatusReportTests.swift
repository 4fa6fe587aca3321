import FXCommands
import FXCore
import FXDaemon
import Testing

@Suite("The report of fxwatch status")
struct StatusReportTests {
  private static let json = """
    {"version":1,"state":"critical",\
    "problems":[{"state":"critical","summary":"notifier ops: disabled since 2026-02-20T09:00:00.000Z: HTTP 410"}],\
    "daemon":{"version":"0.1.0","pid":4711,"started":"2026-02-20T08:00:00.000Z","config":"f.yaml"},\
    "store":{"state":"ok","since":null,"waiting":0,"reason":null},\
    "series":3,"firing":2,"waiting":0,\
    "sources":[{"source":"ecb","state":"ok","since":null,"next_poll":"2026-02-20T15:00:00.000Z",\
    "last_attempt":null,"last_success":"2026-02-19T15:00:00.000Z","failures":0,"reason":null,\
    "last_publication":null,"value_date":"2026-02-19","series":3}],\
    "alerts":[{"alert_id":"alr_1","state":"firing","since":"2026-02-20T08:30:00.000Z",\
    "severity":"notice","rule":"big-move","source":"ecb","pair":"EUR/USD","side":"mid"}],\
    "notifiers":[{"notifier":"ops","state":"disabled","since":"2026-02-20T09:00:00.000Z",\
    "waiting":0,"next_attempt":null,"reason":"HTTP 410, \\"Gone\\""}]}
    """

  private func report() throws -> StatusReport {
    try #require(StatusReport(JSONReader.read(Array(Self.json.utf8))))
  }

  @Test("has its state, problems and tables for people")
  func table() throws {
    #expect(try report().state == .critical)
    #expect(
      try report().text(as: .table)
        == """
        fxwatch 0.1.0 (pid 4711), running since 2026-02-20T08:00:00.000Z: critical
          critical: notifier ops: disabled since 2026-02-20T09:00:00.000Z: HTTP 410

        SOURCE  STATE  NEXT POLL                 LAST SUCCESS              VALUE DATE  SERIES
        ecb     ok     2026-02-20T15:00:00.000Z  2026-02-19T15:00:00.000Z  2026-02-19       3

        ALERT  STATE   SINCE                     SEVERITY  RULE      SOURCE  PAIR     SIDE
        alr_1  firing  2026-02-20T08:30:00.000Z  notice    big-move  ecb     EUR/USD  mid
        and 1 more; see 'fxwatch alerts'

        NOTIFIER  STATE     WAITING  NEXT ATTEMPT  SINCE                     REASON
        ops       disabled        0                2026-02-20T09:00:00.000Z  HTTP 410, "Gone"

        """)
  }

  @Test("is one row per source, alert and notifier as CSV")
  func csv() throws {
    #expect(
      try report().text(as: .csv)
        == """
        kind,name,state,since,next,waiting,detail
        daemon,fxwatch,critical,2026-02-20T08:00:00.000Z,,,notifier ops: disabled since 2026-02-20T09:00:00.000Z: HTTP 410
        store,,ok,,,0,
        source,ecb,ok,,2026-02-20T15:00:00.000Z,,
        alert,alr_1,firing,2026-02-20T08:30:00.000Z,,,notice big-move ecb EUR/USD mid
        notifier,ops,disabled,2026-02-20T09:00:00.000Z,,0,"HTTP 410, ""Gone""\"

        """)
  }

  @Test("passes on the daemon's JSON as it is")
  func json() throws {
    #expect(try report().text(as: .json) == Self.json + "\n")
  }

  @Test("A status of another version is not understood")
  func otherVersion() throws {
    let status = try JSONReader.read(Array(#"{"version":2,"state":"ok"}"#.utf8))
    #expect(StatusReport(status) == nil)
  }
}
