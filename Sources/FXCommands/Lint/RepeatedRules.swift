import FXCore

/// Finds rules that have no effect of their own, because an earlier one is the same.
///
/// Rules of equal condition, scope and notifiers form a group. A rule is compared with the first rule
/// of its group and of at most 32 others of its condition: those with its scope, those that watch
/// very many series, and those that watch one series of its own. Cost: linear in the rules and in
/// the series that they watch.
struct RepeatedRules {
  /// The most groups that a rule is compared with.
  private static let maximumCompared = 32

  /// The most series of a group that is found through each of them.
  private static let maximumListed = 64

  /// The rules of equal condition, scope and notifiers.
  private struct Group: Hashable {
    let condition: Int
    let scope: Int
    let recipients: Set<String>?
  }

  /// A place of the index: a condition with a scope, with a series, or alone.
  private enum Place: Hashable {
    case scope(Int, condition: Int)
    case series(Int, condition: Int)
    case broad(condition: Int)
  }

  private let scopes: RuleScopes
  private let everyone: Set<String>
  private var conditions: [String: Int] = [:]
  private var groups: [Group] = []
  private var names: [String] = []
  private var numbers: [Group: Int] = [:]
  private var index: [Place: [Int]] = [:]

  /// No rules yet; `notifiers` are those of a rule that names none.
  init(_ scopes: RuleScopes, notifiers: [String]) {
    self.scopes = scopes
    everyone = Set(notifiers)
  }

  /// Adds the next rule, and returns a warning if it repeats an earlier one.
  mutating func warning(about rule: Rule, at position: Int) -> String? {
    let fingerprint = rule.fingerprint
    let condition = conditions[fingerprint] ?? conditions.count
    conditions[fingerprint] = condition
    let group = Group(
      condition: condition, scope: scopes.scopeOfRule[position],
      recipients: rule.notify.map { Set($0) })
    let own = numbers[group]
    if let earlier = candidates(for: group, own).first(where: { repeats(group, groups[$0]) }) {
      let name = names[earlier]
      if own == nil { add(group, rule.name) }
      return groups[earlier].scope == group.scope
        ? "is the same as rule '\(name)'; remove one of them"
        : "has no effect of its own: rule '\(name)' is the same and watches all its series"
    }
    add(group, rule.name)
    return nil
  }

  private func candidates(for group: Group, _ own: Int?) -> [Int] {
    let condition = group.condition
    let watched = scopes.scopes[group.scope].watched
    let series = watched.prefix(Self.maximumListed).map {
      index[.series($0, condition: condition)] ?? []
    }
    let found =
      (index[.scope(group.scope, condition: condition)] ?? []).prefix(Self.maximumCompared)
      + (index[.broad(condition: condition)] ?? []).prefix(Self.maximumCompared)
      + (series.min { $0.count < $1.count } ?? []).prefix(Self.maximumCompared)
    return (Set(found).sorted().prefix(Self.maximumCompared) + [own].compactMap(\.self))
  }

  /// Returns true if a rule of the other group covers all that one of this group does.
  private func repeats(_ group: Group, _ other: Group) -> Bool {
    if let others = other.recipients,
      !(group.recipients ?? everyone).isSubset(of: others)
    {
      return false
    }
    if other.scope == group.scope { return true }
    let watched = scopes.scopes[group.scope].watched
    let others = scopes.scopes[other.scope].watched
    return !watched.isEmpty && others.contains(ascending: watched)
  }

  private mutating func add(_ group: Group, _ name: String) {
    guard numbers[group] == nil else { return }
    let number = groups.count
    numbers[group] = number
    groups.append(group)
    names.append(name)
    index[.scope(group.scope, condition: group.condition), default: []].append(number)
    let watched = scopes.scopes[group.scope].watched
    guard watched.count <= Self.maximumListed else {
      index[.broad(condition: group.condition), default: []].append(number)
      return
    }
    for series in watched {
      index[.series(series, condition: group.condition), default: []].append(number)
    }
  }
}

extension [Int] {
  /// Returns true if all elements of another array are in this one; both ascend.
  fileprivate func contains(ascending other: [Int]) -> Bool {
    var rest = self[...]
    for element in other {
      rest = rest.drop { $0 < element }
      guard rest.first == element else { return false }
    }
    return true
  }
}
