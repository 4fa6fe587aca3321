import FXCore

/// Secrets by their references.
struct PlantedSecrets: Secrets {
  var texts: [SecretReference: String] = [:]

  func read(_ reference: SecretReference) throws(SecretProblem) -> Secret {
    guard let text = texts[reference] else { throw SecretProblem("\(reference) is not there") }
    return Secret(text)
  }
}
