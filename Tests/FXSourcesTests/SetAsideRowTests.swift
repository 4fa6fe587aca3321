import FXCore
import FXSources
import Testing

@Suite("Bad rows of a response")
struct SetAsideRowTests {
  private static func body(bad code: String) -> [UInt8] {
    let rows = [
      ("Austrálie", "dolar", 1, "AUD", "17,918"), ("EMU", "euro", 1, "EUR", "27,040"),
      ("Japonsko", "jen", 100, "JPY", "21,468"), ("Norsko", "koruna", 1, "NOK", "2,871"),
      ("Polsko", "zlotý", 1, "PLN", "6,352"), ("USA", "dolar", 1, "USD", "23,776"),
    ]
    let lines = rows.map { country, name, units, own, rate in
      "\(country)|\(name)|\(units)|\(own)|\(own == code ? "n.n. 1" : rate)"
    }
    let text =
      "05.04.2026 #65\nzemě|měna|množství|kód|kurz\n" + lines.joined(separator: "\n") + "\n"
    return Array(text.utf8)
  }

  @Test("are set aside, unless a preset's response is worthless without them")
  func core() throws {
    let source = try #require(SourceDefinition.preset(named: "cnb"))
    let reading = try source.read(Self.body(bad: "NOK"), contentType: nil)
    #expect(reading.observations.count == 5)
    #expect(reading.setAside.map(\.subject) == ["NOK/CZK"])
    for code in ["USD", "EUR"] {
      #expect(
        throws: ParseError("the rate of \(code)/CZK cannot be read: 'n.n. 1' is not a number")
      ) { try source.read(Self.body(bad: code), contentType: nil) }
    }
  }

  @Test("have no text with a secret of the request")
  func secrets() throws {
    let (definition, _) = SourceSettings.read(
      "url: https://bank.example/\nevery: 1h\nformat: csv\nbase: A\nquote: AMD\nrate: B")
    let rows = ["USD", "EUR", "GBP", "CHF", "RUB"].map { "\($0),1.25\n" }.joined()
    let reading = try #require(definition).read(
      Array("A,B\n\(rows)Gold secret-key-1,1\n".utf8), contentType: nil,
      redaction: Redaction([Secret("secret-key-1")]))
    #expect(reading.setAside.map(\.subject) == ["'Gold [secret]'"])
    #expect(reading.setAside.allSatisfy { !$0.reason.contains("secret-key-1") })
  }

  @Test("do not stop the days that were missed from being read, whatever 'dates' is")
  func missedDays() throws {
    let (definition, _) = SourceSettings.read(
      "url: https://bank.example/\nevery: 1h\nformat: json\nbase: c\nquote: SEK\nrate: r\ndate: d\n"
        + "dates: newest")
    let source = try #require(definition)
    let rows = (1...5).flatMap { day in
      ["USD", "EUR"].map { code in
        let rate = day == 3 && code == "EUR" ? "\"call us\"" : "9.\(day)"
        return "{\"d\":\"2026-03-0\(day)\",\"c\":\"\(code)\",\"r\":\(rate)}"
      }
    }
    let body = Array("[\(rows.joined(separator: ","))]".utf8)
    let readings = try source.readings(
      of: body, contentType: nil, after: CalendarDay(text: "2026-03-01"))
    #expect(readings.newest.valueDate?.description == "2026-03-05")
    #expect(
      readings.earlier.map { "\($0.valueDate?.description ?? "") \($0.observations.count)" }
        == ["2026-03-02 2", "2026-03-03 1", "2026-03-04 2"])
  }
}
