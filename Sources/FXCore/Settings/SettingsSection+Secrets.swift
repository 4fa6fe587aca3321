extension SettingsSection {
  /// Where a secret lies: `{credential: NAME}` or `{file: PATH}`.
  ///
  /// A secret written in the config itself is reported, and never quoted.
  package func secret(_ key: String) -> SecretReference? {
    node(key).flatMap { secret(in: $0, of: key) }
  }

  /// Where several secrets lie: a list of references, or a single one.
  ///
  /// Nil where the key is absent; the bad ones are reported and left out.
  package func secrets(_ key: String) -> [SecretReference]? {
    guard let node = node(key) else { return nil }
    guard case .list(let items) = node.value else {
      return secret(in: node, of: key).map { [$0] } ?? []
    }
    if items.isEmpty { problem(key, at: node.mark, "the list is empty; \(Self.advice)") }
    return items.compactMap { secret(in: $0, of: key) }
  }

  private static let advice = "write {credential: NAME} or {file: PATH}"

  private func secret(in node: SettingsNode, of key: String) -> SecretReference? {
    guard case .map(let entries) = node.value else {
      problem(
        key, at: node.mark,
        "a secret does not belong in the config; \(Self.advice), and give the unit "
          + "LoadCredential=NAME:/path")
      return nil
    }
    let places = ["credential", "file"]
    for entry in entries where !places.contains(entry.key) {
      problem(
        key, at: entry.keyMark,
        "unknown key '\(entry.key)'; expected one of credential, file"
          + NearestName.suggestion(for: entry.key, among: places))
      return nil
    }
    guard entries.count == 1, case .scalar(let place, _) = entries[0].node.value, !place.isEmpty
    else {
      problem(key, at: node.mark, "expected one place for one secret; \(Self.advice)")
      return nil
    }
    return entries[0].key == "file" ? .file(place) : .credential(place)
  }
}
