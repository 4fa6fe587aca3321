/// One request of a source with several, and its value of `each`.
package struct SourceVariant: Sendable, Equatable {
  package let value: String
  package let definition: SourceDefinition
}
