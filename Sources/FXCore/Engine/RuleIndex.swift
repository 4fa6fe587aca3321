/// Finds the rules of a plan by name, and those that can watch a pair, without looking at all of
/// them: a page may bring ten thousand new series, and a config may have as many rules.
struct RuleIndex: Sendable {
  private var numbers: [String: Int] = [:]

  /// Rules each of whose patterns is a pair written out, by that pair, ascending.
  private var byPair: [CurrencyPair: [Int]] = [:]

  /// All others, ascending.
  private var others: [Int] = []

  /// An index of rules by their places in the list.
  init(_ rules: [Rule]) {
    for (number, rule) in rules.enumerated() {
      if numbers[rule.name] == nil { numbers[rule.name] = number }
      let pairs = rule.pairs.compactMap(\.pair)
      guard !pairs.isEmpty, pairs.count == rule.pairs.count else {
        others.append(number)
        continue
      }
      for pair in Set(pairs) { byPair[pair, default: []].append(number) }
    }
  }

  /// The first rule of a name; nil where there is none.
  func number(of name: String) -> Int? { numbers[name] }

  /// The rules that may watch series of a pair, ascending; no other does.
  func candidates(for pair: CurrencyPair) -> [Int] {
    guard let known = byPair[pair] else { return others }
    return others.isEmpty ? known : (known + others).sorted()
  }
}

extension PairPattern {
  /// The pair, where the pattern is one written out in full.
  fileprivate var pair: CurrencyPair? {
    let currencies = currencies
    return currencies.count == 2
      ? CurrencyPair(base: currencies[0], quote: currencies[1]) : nil
  }
}
