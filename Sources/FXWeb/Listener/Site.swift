import FXCommands
import FXCore
import FXDaemon
import FXServer
import FXSystem

/// The answers to all requests, for one config: who may ask, the routes, and the headers that every
/// answer has.
package struct Site: Sendable {
  /// The method and the path of every route, `GET /api/v1/alerts/{id}`.
  package static var paths: [String] { routes.map { "\($0.method) \($0.pattern)" } }

  /// The document that describes the API.
  package static var description: [UInt8] { PackageResources.openapi_json }

  /// The pages and resources, those with longer paths first where one could be taken for another.
  static let routes: [Route] =
    HealthRoutes.all + APIRoutes.all + EventRoutes.all + AlertmanagerRoutes.all
    + PrometheusRoutes.all
    + FeedRoutes.all + PageRoutes.all

  private let access: AccessControl
  private let source: SiteSource

  /// The site of a running daemon.
  init(
    _ setup: Setup, _ settings: WebSettings, _ daemon: ObservedDaemon
  ) throws(CommandFailure) {
    access = AccessControl(settings)
    source = try SiteSource(setup, settings, daemon)
  }

  /// Ends the streams of events.
  func close() async { await source.events.close() }

  /// Answers a request.
  func response(to request: WebRequest) async -> WebResponse {
    SecurityHeaders.added(to: Compression.compressed(await answer(request), for: request))
  }

  private func answer(_ request: WebRequest) async -> WebResponse {
    func problem(_ problem: WebFailure) -> WebResponse { problem.response(to: request) }
    if let refusal = access.refusalOfHost(request) { return problem(refusal) }
    let method = request.method == "HEAD" ? "GET" : request.method
    let matches = Self.routes.compactMap { route in
      route.pattern.values(of: request.target).map { (route: route, values: $0) }
    }
    guard !matches.isEmpty else {
      return problem(.notFound("there is nothing at '\(request.target.path)'"))
    }
    guard let match = matches.first(where: { $0.route.method == method }) else {
      let allowed = Set(matches.map(\.route.method)).sorted()
      return problem(.method(allowed.contains("GET") ? allowed + ["HEAD"] : allowed))
    }
    if let refusal = access.refusal(of: request, for: match.route.access) {
      return problem(refusal)
    }
    let call = RouteCall(request: request, values: match.values, source: source)
    let reads = method == "GET"
    do throws(WebFailure) {
      if reads, match.route.isOfCommit, let tag = source.commitTag {
        // The tag is taken first: a commit in between makes it too old, never too new.
        if ConditionalAnswer.knows(tag, request) { return ConditionalAnswer.unchanged(tag) }
        return ConditionalAnswer.tagged(try await match.route.answer(call), tag)
      }
      let response = try await match.route.answer(call)
      guard response.stream == nil else { return response }
      return reads ? ConditionalAnswer.response(response, to: request) : response
    } catch {
      return problem(error)
    }
  }
}
