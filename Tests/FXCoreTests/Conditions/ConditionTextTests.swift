import FXCore
import Testing

@Suite("A condition's text")
struct ConditionTextTests {
  /// The problem of a text; nil where it has none.
  private static func problem(_ text: String) -> ConditionProblem? {
    do {
      _ = try Condition(text)
      return nil
    } catch {
      return error
    }
  }

  @Test(
    "is refused with a caret under the trouble and a sentence that helps",
    arguments: [
      // Unlike things
      "change > 1\n         ^ cannot compare a percentage with a number; write 1%",
      "1 < change\n^ cannot compare a number with a percentage; write 1%",
      "abs(change(24h)) >= 0.5\n                    ^^^ cannot compare a percentage with a number; write 0.5%",
      "change < -2\n         ^^ cannot compare a percentage with a number; write -2%",
      "change > 2 * 3\n         ^^^^^ cannot compare a percentage with a number; write percentages like 1%",
      "rate > 5%\n       ^^ cannot compare a rate with a percentage; for a relative move use change or change(24h)",
      "5% < rate\n     ^^^^ cannot compare a percentage with a rate; for a relative move use change or change(24h)",
      "rate / at(24h) > 101%\n                 ^^^^ cannot compare a number with a percentage; write 1.01, or for a relative move use change or change(24h)",
      "age / 1h > 3h\n^^^^^^^^ cannot compare a number with a duration",
      "age > 3\n      ^ cannot compare a duration with a number; write 3s, 3m, 3h or 3d",
      "age > 1.5\n      ^^^ cannot compare a duration with a number; write durations like 90s, 15m, 24h or 7d",
      "age > 1%\n      ^^ cannot compare a duration with a percentage",
      "rate > 24h\n       ^^^ cannot compare a rate with a duration; for an earlier rate use at(24h)",
      "change > rate\n         ^^^^ cannot compare a percentage with a rate; for a relative move use change or change(24h)",
      "delta == 1%\n         ^^ cannot compare a rate with a percentage; for a relative move use change or change(24h)",
      "(rate > 1) == (rate > 2)\n^^^^^^^^^^ expected a number, found a condition",
      // Arithmetic without meaning
      "rate + 1% > 2\n     ^ cannot compute a rate plus a percentage",
      "rate - age > 2\n     ^ cannot compute a rate minus a duration",
      "rate * rate > 2\n     ^ cannot compute a rate times a rate",
      "change / rate > 2\n       ^ cannot compute a percentage divided by a rate",
      "1% * 1% > change\n   ^ cannot compute a percentage times a percentage",
      "-(rate > 1) > 2\n ^^^^^^^^^^ expected a number, found a condition",
      "rate > 1 / 0\n         ^ division by zero",
      "rate > 1 / (2 - 2)\n         ^ division by zero",
      "rate > 999999999999999999 * 999999999999999999 * 9\n                                               ^ the result is too large to be computed",
      // Not a condition
      "change\n^^^^^^ expected a condition, found a percentage; compare it, as in change > 1%",
      "abs(delta)\n^^^^^^^^^^ expected a condition, found a rate; compare it, as in abs(delta) > 0.0115",
      "age\n^^^ expected a condition, found a duration; compare it, as in age > 24h",
      "5\n^ expected a condition, found a number; compare it with something, as in rate > 0.0115",
      "rate and change > 1%\n^^^^ 'and' expects a condition, found a rate; compare it, as in rate > 0.0115",
      "rate > 1 or change\n            ^^^^^^ 'or' expects a condition, found a percentage; compare it, as in change > 1%",
      "not age\n    ^^^ 'not' expects a condition, found a duration; compare it, as in age > 24h",
      "not rate / at(24h)\n    ^^^^^^^^^^^^^^ 'not' expects a condition, found a number; compare it, as in rate / at(24h) > 1",
      "1 > 0\n^^^^^ the condition does not depend on the series; use rate or change",
      "abs(1%) > 0.5% and not 1h > 2h\n^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the condition does not depend on the series; use rate or change",
      // Functions
      "chnage > 1%\n^^^^^^ unknown function 'chnage'; did you mean 'change'?",
      "Rate > 1\n^^^^ unknown function 'Rate'; did you mean 'rate'?",
      "volatility > 1\n^^^^^^^^^^ unknown function 'volatility'; expected one of abs, age, ask, at, atr, avg, bid, change, change_mismatch, cross, crosses, crosses_above, crosses_below, delta, enters, first, hour, leaves, max, mid, min, missed, new_high, new_low, published, rate, revised, spread, stddev, suspect, weekday, zscore",
      "rate(24h) > 1\n     ^^^ 'rate' takes no window; for an earlier rate write at(24h)",
      "age(1) > 1h\n    ^ 'age' takes no arguments",
      "rate() > 1\n    ^^ empty parentheses; 'rate' takes no arguments, or the name of another source, as in rate(ecb)",
      "at > 1\n^^ 'at' takes one window, as in at(24h) or at(3 publications)",
      "at(24) > 1\n   ^^ 'at' takes one window, as in at(24h) or at(3 publications), not a number; write 24 publications, 24h or 24d",
      "at(age) > 1\n   ^^^ 'at' takes one window, as in at(24h) or at(3 publications), not a computed one",
      "at(rate > 1) > 1\n   ^^^^^^^^ 'at' takes one window, as in at(24h) or at(3 publications), not a condition",
      "change(3) > 1%\n       ^ 'change' takes at most one window, as in change(24h) or change(3 publications), not a number; write 3 publications, 3h or 3d",
      "change(0 publications) > 1%\n       ^^^^^^^^^^^^^^ a window has 1 to 100000 publications",
      "change(2.5 publications) > 1%\n       ^^^^^^^^^^^^^^^^ a window has 1 to 100000 publications",
      "change(since 2026-02-30) > 1%\n             ^^^^^^^^^^ invalid day 2026-02-30; write it like 2026-01-31",
      "change(since 7d) > 1%\n             ^^ expected a day, day, week, month, quarter, year, armed or fired after 'since', as in change(since 2026-01-01)",
      "rate > 2026-01-01\n       ^^^^^^^^^^ write 'since' before a day, as in change(since 2026-01-01)",
      "rate > 3 publications\n       ^^^^^^^^^^^^^^ unexpected window; write it as an argument, as in change(3 publications)",
      "min > 1\n^^^ 'min' takes one window, as in min(30d), or a value and a window, as in min(change, 30d)",
      "zscore(30d) > 3%\n              ^^ cannot compare a number with a percentage; write 3",
      "missed >= 1%\n          ^^ cannot compare a number with a percentage; write 1",
      "2.5% < zscore(30d)\n^^^^ cannot compare a percentage with a number; write 2.5",
      "abs change > 1%\n    ^^^^^^ expected an operator such as >, + or and, found 'change'; 'abs' takes one value, as in abs(change)",
      "crosses 90\n        ^^ expected an operator such as >, + or and, found '90'; 'crosses' takes one rate, as in crosses(0.0115)",
      "rate > 1 AND rate < 2\n         ^^^ expected an operator such as >, + or and, found 'AND'; write and",
      "change(1 day) > 1%\n         ^^^ expected an operator such as >, + or and, found 'day'; write 1d",
      "change(24 h) > 1%\n          ^ expected an operator such as >, + or and, found 'h'; write 24h",
      "change(2weeks) > 1%\n       ^^^^^^ '2weeks' is not a number, percentage or duration; write 14d",
      "change(2wk) > 1%\n       ^^^ '2wk' is not a number, percentage or duration; write it like 0.0115, 1% or 24h",
      "change(90min) > 1%\n       ^^^^^ '90min' is not a number, percentage or duration; write 90m",
      "change(3publications) > 1%\n       ^^^^^^^^^^^^^ '3publications' is not a number, percentage or duration; write 3 publications",
      "change(since 31.01.2026) > 1%\n             ^^^^^^^^^^ '31.01.2026' is not a number, percentage or duration; write 2026-01-31",
      "change > 50bp\n         ^^^^ '50bp' is not a number, percentage or duration; write 0.5%",
      "change > 1pct\n         ^^^^ '1pct' is not a number, percentage or duration; write 1%",
      "change > +1%\n         ^ unexpected '+'; a number has no plus sign",
      "change > 1% for 2\n            ^^^ expected an operator such as >, + or and, found 'for'; 'for' is a key of the rule, next to 'when'",
      "avg() > 1\n   ^^ empty parentheses; 'avg' takes one window, as in avg(30d), or a value and a window, as in avg(abs(delta), 14 publications)",
      "avg(30d) > 1%\n           ^^ cannot compare a rate with a percentage; for a relative move use change or change(24h)",
      "new_high(90d) > 1\n^^^^^^^^^^^^^ expected a number, found a condition",
      "spread > 1%\n^^^^^^ 'spread' takes the name of another source, as in spread(ecb)",
      "spread(ecb) > 1\n              ^ cannot compare a percentage with a number; write 1%",
      "cross(EURUSD) > 1\n      ^^^^^^ 'EURUSD' is not a currency pair; write it like EUR/USD",
      "cross(EUR/EUR) > 1\n      ^^^^^^^ 'EUR/EUR' is not a currency pair; write it like EUR/USD",
      "missed > 2h\n^^^^^^ cannot compare a number with a duration",
      "revised(1)\n        ^ 'revised' takes no arguments",
      "at(0s) > 1\n   ^^ a window must be longer than zero, as in 24h",
      "change(1%) > 1%\n       ^^ 'change' takes at most one window, as in change(24h) or change(3 publications), not a percentage",
      "change(24h, 7d) > 1%\n            ^^ 'change' takes at most one window, as in change(24h) or change(3 publications)",
      "delta(rate) > 1\n      ^^^^ 'delta' takes at most one window, as in delta(24h) or delta(3 publications), not a rate",
      "abs > 1\n^^^ 'abs' takes one value, as in abs(change)",
      "abs(change, rate) > 1%\n            ^^^^ 'abs' takes one value, as in abs(change)",
      "abs(rate > 1) > 1\n    ^^^^^^^^ expected a number, found a condition",
      "crosses\n^^^^^^^ 'crosses' takes one rate, as in crosses(0.0115)",
      "crosses(1%)\n        ^^ 'crosses' takes one rate, as in crosses(0.0115), not a percentage",
      "crosses_above(1, 2)\n                 ^ 'crosses_above' takes one rate, as in crosses_above(0.0115)",
      "crosses_below(rate > 1)\n              ^^^^^^^^ 'crosses_below' takes one rate, as in crosses_below(0.0115), not a condition",
      "crosses(missed, 1)\n        ^^^^^^ 'crosses' compares with the publication before, of which the rates of other pairs and sources and missed publications are not known; compare the current one, as in cross(EUR/USD) > 1.1",
      "crosses(1) > 2\n^^^^^^^^^^ expected a number, found a condition",
      "enters(1)\n^^^^^^ 'enters' takes two rates, the lower first, as in enters(0.0110, 0.0120)",
      "leaves(1, 2, 3)\n             ^ 'leaves' takes two rates, the lower first, as in leaves(0.0110, 0.0120)",
      "leaves(2, 1)\n          ^ the second rate is below the first; write the lower rate first",
      "enters(1, 24h)\n          ^^^ 'enters' takes two rates, the lower first, as in enters(0.0110, 0.0120), not a duration",
      // Grammar
      "\n^ the condition is empty; write one such as abs(change) > 1%",
      "rate >\n      ^ unexpected end of the condition; expected a number or a function",
      "rate > > 1\n       ^ expected a number or a function, found '>'",
      "rate > and\n       ^^^ expected a number or a function, found 'and'",
      "rate > +1\n       ^ unexpected '+'; a number has no plus sign",
      "1 < rate < 2\n         ^ comparisons cannot be chained; join two of them with and",
      "rate > 1 rate\n         ^^^^ expected an operator such as >, + or and, found 'rate'",
      "rate % 1\n     ^ unexpected '%'; write it directly after a number, as in 1%",
      "change(3d before) > 1%\n       ^^^^^^^^^ 'change' needs no 'before'; only min, max, avg, atr, stddev and zscore have windows without the current rate",
      "avg(1M) > 1\n    ^^ '1M' is not a number, percentage or duration; write 30d",
      "rate / at(24h) - 1 < -10%\n                     ^^^^ cannot compare a number with a percentage; write -0.1, or for a relative move use change or change(24h)",
      "hour(Mars) > 1\n     ^^^^ 'Mars' is not an IANA time zone; write one such as Europe/Zurich or UTC",
      "weekday(Etc/GMT+1) > 1\n        ^^^^^^^^^ 'Etc/GMT+1' is not an IANA time zone; write one such as Europe/Zurich or UTC",
      "avg(at(24h), 3d) > 1\n    ^^^^^^^ 'avg' computes with the rate, change and delta of each publication, and with numbers; windows, other sources and the time cannot be used within it",
      "max(2, 3d) > 1\n    ^ the value does not depend on the series; use rate, change or delta",
      "stddev(change, 20000 publications) > 1%\n               ^^^^^^^^^^^^^^^^^^ a window of values has at most 10000 publications",
      "avg(14 publications, delta) > 1\n    ^^^^^^^^^^^^^^^ unexpected window; write it as an argument, as in change(14 publications)",
      "stddev(change, 30d) > 1\n                      ^ cannot compare a percentage with a number; write 1%",
      "first(hour)\n      ^^^^ 'first' takes one of day, week, month, quarter or year, as in first(day)",
      "(rate > 1\n^ missing ')' for this '('",
      "crosses(1\n       ^ missing ')' for this '('",
      "(rate > 1 2)\n          ^ expected an operator such as >, + or and, found '2'",
      "rate > 1)\n        ^ unexpected ')'; there is no '(' before it",
      "change > 0,5%\n          ^ unexpected ','; write decimals with a dot, as in 0.5",
      // Words
      "rate = 1\n     ^ unexpected '='; write ==",
      "rate != 1\n     ^^ unexpected '!='; write not (a == b)",
      "rate <> 1\n     ^^ unexpected '<>'; write not (a == b)",
      "rate > 1 && age > 1h\n         ^^ unexpected '&&'; write and",
      "rate > 1 || age > 1h\n         ^^ unexpected '||'; write or",
      "!(rate > 1)\n^ unexpected '!'; write not",
      "rate ≥ 1\n     ^ unexpected '≥'; write >=",
      "rate => 1\n     ^^ unexpected '=>'; write >=",
      "rate > .5\n       ^ unexpected '.'; write a digit before it, as in 0.5",
      "rate > 5.\n       ^^ '5.' is not a number, percentage or duration; write it like 0.0115, 1% or 24h",
      "rate > 1e999\n       ^^^^^ '1e999' is not a number, percentage or duration; write it like 0.0115, 1% or 24h",
      "age > 1.5h\n      ^^^^ '1.5h' is not a number, percentage or duration; write it like 0.0115, 1% or 24h",
      "age > 9999999d\n      ^^^^^^^^ '9999999d' is not a number, percentage or duration; write it like 0.0115, 1% or 24h",
      "change > 1.2.3%\n         ^^^^^^ '1.2.3%' is not a number, percentage or duration; write it like 0.0115, 1% or 24h",
      "rate > 1234567890123456789\n       ^^^^^^^^^^^^^^^^^^^ a number has at most 18 digits",
      "rate > 5€\n        ^ unexpected '€' (U+20AC)",
      "rate > 5 $\n         ^ unexpected '$'",
    ])
  func refused(expected: String) throws {
    let text = String(expected[..<(try #require(expected.firstIndex(of: "\n")))])
    let problem = try #require(Self.problem(text))
    #expect(problem.description == expected)
    #expect(problem.text == text)
  }

  @Test("names invisible characters by their code")
  func invisible() {
    #expect(
      Self.problem("rate\u{A0}> 1")?.message == "unexpected character U+00A0")
    #expect(
      Self.problem("rate > 1\u{202E}")?.message == "unexpected character U+202E")
    #expect(
      Self.problem("rate > 1\u{0}")?.description
        == "rate > 1 \n        ^ unexpected character U+0000")
  }

  @Test("counts bytes for machines and columns for people")
  func offsets() throws {
    let problem = try #require(Self.problem("rate > 1 and\n  ätzend > 1"))
    #expect(problem.offset == 15)
    #expect(problem.length == 2)
    #expect(problem.description == "  ätzend > 1\n  ^ unexpected 'ä' (U+00E4)")
  }

  @Test("shows only the line in trouble, cut to what fits, with the caret in its place")
  func longLines() throws {
    let before = String(repeating: "rate > 1 and ", count: 20)
    let after = String(repeating: " or rate > 1", count: 9)
    #expect(
      Self.problem(before + "change > 1" + after)?.description == """
        … rate > 1 and change > 1 or rate > 1 or rate > …
                                ^ cannot compare a percentage with a number; write 1%
        """)
    let name = String(repeating: "x", count: 100)
    #expect(
      Self.problem(name)?.description
        == String(repeating: "x", count: 23) + "…\n" + String(repeating: "^", count: 24)
        + " unknown function '" + String(repeating: "x", count: 39)
        + "…'; expected one of abs, age, ask, at, atr, avg, bid, change, change_mismatch, cross, crosses, "
        + "crosses_above, crosses_below, delta, enters, first, hour, leaves, max, mid, min, missed, new_high, "
        + "new_low, published, rate, revised, spread, stddev, suspect, weekday, zscore")
  }

  @Test("is bounded in bytes, parts and nesting, and its limits can be used up")
  func limits() throws {
    let padding = String(repeating: " ", count: 4096 - 8)
    #expect(try Condition("rate > 1" + padding).kind == .state)
    #expect(
      Self.problem("rate > 1" + padding + " ")?.message
        == "a condition has at most 4096 bytes; this one has 4097")

    // 64 comparisons of 3 parts and the 63 joints between them are 255 parts.
    let most = Array(repeating: "rate > 1", count: 64).joined(separator: " or ")
    #expect(try Condition(most).kind == .state)
    #expect(
      Self.problem(most + " or rate > 1")?.message
        == "a condition has at most 256 numbers, functions and operators")

    func nested(_ depth: Int) -> String {
      String(repeating: "(", count: depth) + "rate" + String(repeating: ")", count: depth) + " > 1"
    }
    #expect(try Condition(nested(64)).kind == .state)
    #expect(Self.problem(nested(65))?.message == "a condition has at most 64 nested levels")
    #expect(
      Self.problem(String(repeating: "not ", count: 65) + "rate > 1")?.message
        == "a condition has at most 64 nested levels")
    #expect(
      Self.problem("rate > " + String(repeating: "-", count: 65) + "1")?.message
        == "a condition has at most 64 nested levels")
    #expect(
      Self.problem(String(repeating: "abs(", count: 65) + "rate")?.message
        == "a condition has at most 64 nested levels")
    #expect(
      Self.problem(String(repeating: "(", count: 4096))?.message
        == "a condition has at most 64 nested levels")
  }

  @Test("may be anything at all without a trap")
  func hostile() {
    let words = [
      "rate", "change", "change(24h)", "delta", "at(", "crosses(", "abs(", "age", "and", "or",
      "not",
      "(", ")", ",", "+", "-", "*", "/", ">", ">=", "<", "<=", "==", "1", "1%", "24h", "0", "0.5",
      "999999999999999999", "0.000000000000000001", "=", "!", "é", "\n", "\u{0}", "1e5", "%",
      "enters(1, 2)", "crosses_above(rate)",
    ]
    var numbers = ModelNumbers(seed: 7)
    var accepted = 0
    for _ in 0..<30_000 {
      let count = Int.random(in: 0...12, using: &numbers)
      let text = (0..<count).map { _ in words[Int.random(in: 0..<words.count, using: &numbers)] }
        .joined(separator: Bool.random(using: &numbers) ? " " : "")
      guard let problem = Self.problem(text) else {
        accepted += 1
        continue
      }
      if problem.offset + problem.length > text.utf8.count
        || !problem.description.contains("\n")
      {
        Issue.record("'\(text)' has its problem beyond its end")
      }
    }
    #expect(accepted > 20)
  }

  @Test("makes two conditions equal when it is the same")
  func equality() throws {
    #expect(try Condition("rate > 1") == (try Condition("rate > 1")))
    #expect(try Condition("rate > 1") != (try Condition("rate >  1")))
    #expect(try Set([Condition("rate > 1"), Condition("rate > 1")]).count == 1)
    #expect(try Condition(" rate > 1").description == " rate > 1")
  }
}
