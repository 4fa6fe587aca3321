extension SettingsSection {
  /// Reads the reference to a secret: `{credential: NAME}` or `{file: PATH}`.
  ///
  /// A secret in the config itself is reported without quoting it.
  package func secret(_ key: String) -> SecretReference? {
    node(key).flatMap { secret(in: $0, of: key) }
  }

  /// Reads a list of references to secrets, or a single reference.
  ///
  /// Returns nil if the key is absent; invalid references are reported and left out.
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
        "a secret must not be in the config; \(Self.advice), and add LoadCredential=NAME:/path to"
          + " the unit")
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
      problem(key, at: node.mark, "expected one reference to a secret; \(Self.advice)")
      return nil
    }
    guard !SecretMask.isSecret(place) else {
      problem(
        key, at: entries[0].node.mark,
        "this looks like the secret itself, which must not be in the config; \(Self.advice), and"
          + " replace the secret if others could read it here")
      return nil
    }
    return entries[0].key == "file" ? .file(place) : .credential(place)
  }
}
