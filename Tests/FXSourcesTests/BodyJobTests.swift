import FXCore
import FXSources
import Foundation
import Support
import Testing

@Suite("The reading of a body in another process")
struct BodyJobTests {
  @Test("has the result of reading it here", arguments: SourceCase.all)
  func same(item: SourceCase) throws {
    let definition = try item.definition()
    for day in [nil, CalendarDay(text: "2026-01-05")] {
      let here = Result { () throws(ParseError) in
        try definition.readings(of: item.body, contentType: item.contentType, after: day)
      }
      let job = BodyJob(definition, contentType: item.contentType, after: day)
      let there = Result { () throws(ParseError) in
        try BodyReadings.decoded(BodyJob.carriedOut(job.head + item.body, atMost: 1 << 20))
      }
      #expect(there == here)
    }
  }

  @Test("describes a source without its address and its secrets")
  func withoutSecrets() throws {
    let (definition, problems) = SourceSettings.read(
      """
      url: https://bank.example/rates?key={key}
      every: 1h
      key: {credential: bank-key}
      headers: {X-Api-Key: abcdefgh}
      format: csv
      base: "Code"
      quote: KZT
      rate: Rate
      where: {Type: 'cash'}
      """)
    #expect(problems == [])
    let job = BodyJob(try #require(definition), contentType: "text/csv", after: nil)
    let text = String(decoding: job.head, as: UTF8.self)
    for secret in ["bank.example", "bank-key", "abcdefgh"] { #expect(!text.contains(secret)) }
    #expect(text.contains("cash"))
  }

  @Test("needs no secret for saved bodies")
  func withoutKey() throws {
    let text = "url: https://bank.example/?key={key}\nevery: 1h\nformat: json"
    #expect(SourceSettings.read(text).definition == nil)
    let (definition, problems) = SourceSettings.read(text, needsKey: false)
    #expect(problems == [])
    #expect(definition?.lacksKey == true)
  }

  @Test("may answer with any bytes: what is invalid is one error, and nothing traps")
  func hostileAnswers() throws {
    let ecb = try #require(SourceCase.all.first { $0.preset == "ecb" && !$0.isRefused })
    let job = BodyJob(try ecb.definition(), contentType: nil, after: nil)
    let answer = BodyJob.carriedOut(job.head + ecb.body, atMost: 8 << 20)
    let failure = ParseError("reading the body failed: its result is invalid")
    for count in answer.indices {
      #expect(throws: failure) { try BodyReadings.decoded(Array(answer[..<count])) }
    }
    #expect(throws: failure) { try BodyReadings.decoded(answer + [0]) }
    var random = SeededRandom(seed: 1)
    for _ in 0..<5000 {
      var damaged = answer
      for _ in 0..<3 {
        damaged[Int.random(in: damaged.indices, using: &random)] = .random(
          in: 0...255, using: &random)
      }
      if let readings = try? BodyReadings.decoded(damaged) {
        // It can be used like any reading.
        #expect(readings.newest.observations.count <= BodyLimits.maximumRows)
        #expect(readings.newest.valueDate.map { "\($0)".isEmpty } != true)
      }
    }
  }
}

extension SourceCase {
  /// True if the body is refused.
  fileprivate var isRefused: Bool { expected.hasPrefix("error:") }

  /// Returns the source of the body; throws if the settings are invalid.
  fileprivate func definition() throws -> SourceDefinition {
    if let definition = SourceDefinition.preset(named: preset) { return definition }
    let (definition, problems) = SourceSettings.read(
      "url: https://bank.example/\nevery: 30m\n" + config)
    guard let definition else { throw InvalidSettings(problems: problems) }
    return definition
  }
}
