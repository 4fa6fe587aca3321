import FXCore
import FXWeb
import Testing

@Suite("The description of the API")
struct OpenAPITests {
  /// The resources that it describes; others have the form that another program gave them, or are pages.
  private static func isDescribed(_ path: String) -> Bool {
    path.hasPrefix("/api/v1/") || ["/livez", "/readyz", "/healthz", "/metrics"].contains(path)
  }

  @Test("has every route of the API, and nothing that is no route")
  func routes() throws {
    let document = try JSONReader.read(Site.description)
    guard case .object(let paths)? = document["paths"] else {
      Issue.record("openapi.json has no paths")
      return
    }
    let described = paths.flatMap { path -> [String] in
      guard case .object(let methods) = path.value else { return [] }
      return methods.map(\.name).filter { $0 != "parameters" }.map {
        "\($0.uppercased()) \(path.name)"
      }
    }
    let served = Site.paths.filter { Self.isDescribed(String($0.drop { $0 != "/" })) }
    #expect(described.sorted() == served.sorted())
    #expect(served.count > 20)
  }
}
