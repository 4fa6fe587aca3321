import FXCore
import Testing

@Suite("Guards")
struct GuardTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let what: String
    var from = GuardedSource.firstDay
    let before: [String]
    let after: [String]
    let suspicions: [String]

    var testDescription: String { what }
  }

  static let errors: [Case] = [
    Case(
      what: "a page turned upside down, which timesca's pairs would show",
      before: ["KGS/USD 0.01144", "TJS/USD 0.10563", "UZS/USD 0.00008"],
      after: ["KGS/USD 87.4126", "TJS/USD 9.4670", "UZS/USD 12194.21"],
      suspicions: ["KGS/USD inverted", "TJS/USD inverted", "UZS/USD inverted"]),
    Case(
      what: "the lira upside down, by which the Bank of China's EUR/TRY read 12.6 for 44",
      before: ["TRY/CNY 0.1756", "EUR/CNY 7.7264"], after: ["TRY/CNY 5.6948", "EUR/CNY 7.7301"],
      suspicions: ["TRY/CNY inverted"]),
    Case(
      what: "EUR/TRY upside down, not the lira that Italy gave up at 1936.27",
      before: ["EUR/TRY 44.0000"], after: ["EUR/TRY 0.0227"], suspicions: ["EUR/TRY inverted"]),
    Case(
      what: "a Croatian weekend page upside down, rates near 1 by the company of the yen",
      before: ["EUR/JPY 169.85", "EUR/USD 1.0850", "EUR/CHF 0.9467"],
      after: ["EUR/JPY 0.005888", "EUR/USD 0.9217", "EUR/CHF 1.0563"],
      suspicions: ["EUR/JPY inverted", "EUR/USD inverted", "EUR/CHF inverted"]),
    Case(
      what: "across 1 by more than four times, however far from the inverse",
      before: ["EUR/TRY 44.0000"], after: ["EUR/TRY 0.5000"], suspicions: ["EUR/TRY inverted"]),
    Case(
      what: "a row that slipped: the riyal with the digits of the won",
      before: ["SAR/XOF 0.3645", "KRW/XOF 0.4098"], after: ["SAR/XOF 0.4100", "KRW/XOF 0.4100"],
      suspicions: ["SAR/XOF identical-digits"]),
    Case(
      what: "BYR for BYN", before: ["USD/BYN 2.0053"], after: ["USD/BYN 20090"],
      suspicions: ["USD/BYN redenominated"]),
    Case(
      what: "BYN for BYR", from: "2016-06-28", before: ["USD/BYR 20053"], after: ["USD/BYR 2.0010"],
      suspicions: ["USD/BYR redenominated"]),
    Case(
      what: "TRL into TRY", before: ["USD/TRY 1342000"], after: ["USD/TRY 1.3421"],
      suspicions: ["USD/TRY redenominated"]),
    Case(
      what: "ROL into RON", before: ["USD/RON 29700"], after: ["USD/RON 2.9681"],
      suspicions: ["USD/RON redenominated"]),
    Case(
      what: "VEF into VES", before: ["USD/VES 6000000"], after: ["USD/VES 60.5"],
      suspicions: ["USD/VES redenominated"]),
    Case(
      what: "ZMK into ZMW", before: ["USD/ZMW 5200"], after: ["USD/ZMW 5.215"],
      suspicions: ["USD/ZMW redenominated"]),
    Case(
      what: "AZM into AZN at 5000", before: ["USD/AZN 4500"], after: ["USD/AZN 0.9003"],
      suspicions: ["USD/AZN redenominated"]),
    Case(
      what: "the lev into the euro", before: ["USD/BGN 1.6600"], after: ["USD/BGN 0.8490"],
      suspicions: ["USD/BGN redenominated"]),
    Case(
      what: "the kuna into the euro", from: "2022-12-27", before: ["USD/HRK 7.0600"],
      after: ["USD/HRK 0.9370"], suspicions: ["USD/HRK redenominated"]),
    Case(
      what: "the nominal changed, the rate did not", before: ["100 JPY/KZT 330.12"],
      after: ["1 JPY/KZT 331.02"], suspicions: ["JPY/KZT nominal"]),
    Case(
      what: "a lost decimal mark", before: ["EUR/USD 1.0850"], after: ["EUR/USD 10.8610"],
      suspicions: ["EUR/USD power-of-ten"]),
    Case(
      what: "two places", before: ["USD/RUB 93.4409"], after: ["USD/RUB 9351.22"],
      suspicions: ["USD/RUB power-of-ten"]),
    Case(
      what: "two places the other way, across 1", before: ["USD/KGS 87.4500"],
      after: ["USD/KGS 0.8746"], suspicions: ["USD/KGS power-of-ten"]),
    Case(
      what: "a missing rate printed as zero", before: ["USD/ARS 1390.00"],
      after: ["USD/ARS 0.00"], suspicions: ["USD/ARS non-positive"]),
    Case(
      what: "a negative rate", before: ["USD/ARS 1390.00"], after: ["USD/ARS -1390.00"],
      suspicions: ["USD/ARS non-positive"]),
  ]

  @Test("suspect publishers' errors", arguments: errors)
  func keepOut(_ error: Case) throws {
    var source = try GuardedSource(from: error.from)
    #expect(try source.print(error.before).suspicions == [])
    let decision = try source.print(error.after)
    #expect(decision.suspicions == error.suspicions)
    #expect(decision.changeset.events.map(\.notification.type) == [.sourceSuspect])
  }

  static let moves: [Case] = [
    ("the somoni's return to timesca", ["TJS/USD 0.09168"], ["TJS/USD 0.10563"]),
    ("one tick of a rate of one digit", ["UZS/USD 0.00008"], ["UZS/USD 0.00009"]),
    ("one tick up from the last one", ["UZS/USD 0.00001"], ["UZS/USD 0.00002"]),
    ("a peg that flips", ["TMT/USD 0.28490"], ["TMT/USD 0.28615"]),
    ("a devaluation by 40 %", ["KZT/USD 0.00531"], ["KZT/USD 0.00319"]),
    ("the same, the other way round", ["USD/KZT 188.38"], ["USD/KZT 313.97"]),
    ("a devaluation by 40 % across 1", ["EUR/USD 1.1800"], ["EUR/USD 0.7080"]),
    ("the same from near 1", ["XYZ/USD 1.0500"], ["XYZ/USD 0.6300"]),
    ("parity crossed by 4 %", ["EUR/USD 1.0200"], ["EUR/USD 0.9800"]),
    ("the Egyptian pound of November 2016", ["USD/EGP 8.8800"], ["USD/EGP 15.5000"]),
    ("the Argentine peso of December 2023", ["USD/ARS 366.50"], ["USD/ARS 800.00"]),
    ("parity", ["EUR/USD 0.9985"], ["EUR/USD 1.0015"]),
    ("the Swiss franc of January 2015", ["EUR/CHF 1.2010"], ["EUR/CHF 0.9880"]),
    ("a fall to what the Irish pound was to the euro", ["EUR/TRY 35.0000"], ["EUR/TRY 44.4400"]),
    ("half, which the mark was to the euro", ["EUR/ARS 400.00"], ["EUR/ARS 782.30"]),
    ("a nominal that changed with its rate", ["100 KGS/RUB 98.2000"], ["10 KGS/RUB 9.8310"]),
    (
      "twins that share a peg and fall together", ["XAF/USD 0.003600", "XOF/USD 0.003600"],
      ["XAF/USD 0.001800", "XOF/USD 0.001800"]
    ),
    (
      "one digit that agrees by chance", ["UZS/USD 0.00008", "IRR/USD 0.00009"],
      ["UZS/USD 0.00009", "IRR/USD 0.00009"]
    ),
    ("an official rate for after a long weekend", ["USD/RUB 93.44"], ["USD/RUB 93.51"]),
  ].map { Case(what: $0.0, before: $0.1, after: $0.2, suspicions: []) }

  @Test("trust moves of any size", arguments: moves)
  func letPass(_ move: Case) throws {
    var source = try GuardedSource()
    try source.print(move.before)
    let decision = try source.print(move.after)
    #expect(decision.suspicions == [])
    #expect(decision.sent == [])
    #expect(decision.trusted.count == move.after.count)
  }

  @Test(
    "suspect a page of another day by its value date",
    arguments: [
      ("2025-06-10", "2025-06-03", nil),
      ("2025-06-11", "2025-06-03", "value-date"),
      ("2025-06-03", "2025-06-03", nil),
      ("2025-06-02", "2025-06-03", "value-date"),
    ] as [(String, String, String?)])
  func dates(dated: String, fetched: String, suspicion: String?) throws {
    var source = try GuardedSource()
    try source.print(["USD/RUB 93.44"], dated: "2025-06-03")
    let decision = try source.print(["USD/RUB 93.45"], dated: dated, on: fetched)
    #expect(decision.suspicions == (suspicion.map { ["USD/RUB \($0)"] } ?? []))
  }

  @Test("do not block a source until a wrong date")
  func strayDate() throws {
    var source = try GuardedSource()
    try source.print(["USD/RUB 93.44"], dated: "2025-06-08", on: "2025-06-03")
    #expect(try source.print(["USD/RUB 93.51"], dated: "2025-06-04").trusted == [])
    #expect(try source.print(["USD/RUB 93.60"], dated: "2025-06-04").trusted == [])
    #expect(try source.print(["USD/RUB 93.72"], dated: "2025-06-05").trusted == ["USD/RUB 93.72"])
    #expect(try source.print(["USD/RUB 93.80"], dated: "2025-06-06").trusted == ["USD/RUB 93.80"])
  }

  @Test("report a page in one event, with every suspect rate and its reason")
  func oneEvent() throws {
    var source = try GuardedSource()
    try source.print(["KGS/USD 0.01144", "TJS/USD 0.10563", "KZT/USD 0.00202"])
    let decision = try source.print(["KGS/USD 87.4126", "TJS/USD 9.4670"])
    #expect(
      decision.sent == [
        "source.suspect: bank: KGS/USD: 87.4126 is nearer the inverse of the last rate, 0.01144, than"
          + " the rate itself (and 1 more)",
        "source.vanished: bank no longer publishes KZT/USD",
      ])
    let data = try #require(decision.changeset.events.first?.notification.data)
    #expect(data["severity"]?.text == "warning")
    let listed = (data["suspects"]?.elements ?? []).map { entry in
      ["guard", "pair", "rate", "last"].map { entry[$0]?.text ?? "-" }.joined(separator: " ")
    }
    #expect(
      listed == [
        "inverted KGS/USD 87.4126 0.01144", "inverted TJS/USD 9.4670 0.10563",
      ])
  }

  @Test("report a currency that disappears from the page once, and nothing when it is back")
  func suspended() throws {
    var source = try GuardedSource()
    try source.print(["EUR/RUB 117.20", "EUR/USD 1.1199"])
    let decision = try source.print(["EUR/USD 1.1216"])
    #expect(
      decision.sent == ["source.vanished: bank no longer publishes EUR/RUB"])
    #expect(decision.changeset.events.first?.notification.severity == .notice)
    #expect(try source.print(["EUR/USD 1.1240"]).sent == [])
    #expect(try source.print(["EUR/RUB 118.00", "EUR/USD 1.1250"]).sent == [])
  }

  @Test("ignore a withdrawn currency, and report it once")
  func retired() throws {
    var source = try GuardedSource()
    let first = try source.print(["BYN/KGS 26.7", "100 BYR/KGS 0.27", "BGN/KGS 50.1"])
    #expect(first.trusted == ["BYN/KGS 26.7", "BGN/KGS 50.1"])
    #expect(
      first.sent == ["source.suspect: bank: BYR: BYR was replaced by BYN in 2016 and is ignored"])
    #expect(first.changeset.events.first?.notification.severity == .info)
    let second = try source.print(["BYN/KGS 26.8", "100 BYR/KGS 0.28", "BGN/KGS 50.2"])
    #expect(second.sent == [])
    let euro = try source.print(["BYN/KGS 26.8", "BGN/KGS 50.2"], dated: "2026-01-02")
    #expect(
      euro.sent == ["source.suspect: bank: BGN: BGN was replaced by EUR in 2026 and is ignored"])
    #expect(euro.trusted == ["BYN/KGS 26.8"])
  }
}
