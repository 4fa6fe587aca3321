import FXCommands
import FXCore
import FXDaemon
import FXServer
import FXSystem

/// The answers to all requests, for one config: who may ask, the routes, and the headers that every
/// answer has.
struct Site: Sendable {
  /// The pages and resources, those with longer paths first where one could be taken for another.
  static let routes: [Route] =
    HealthRoutes.all + APIRoutes.all + AlertmanagerRoutes.all + PrometheusRoutes.all
    + FeedRoutes.all + PageRoutes.all

  private let access: AccessControl
  private let source: SiteSource

  /// The site of a running daemon.
  init(
    _ setup: Setup, _ settings: WebSettings, _ daemon: ObservedDaemon
  ) throws(CommandFailure) {
    access = AccessControl(settings)
    source = SiteSource(
      context: try CommandContext(setup, environment: daemon.environment), settings: settings,
      daemon: daemon)
  }

  /// Answers a request.
  func response(to request: WebRequest) async -> WebResponse {
    var response = await answer(request)
    if response.status == 200, request.method == "GET" || request.method == "HEAD" {
      response = ConditionalAnswer.response(response, to: request)
    }
    return SecurityHeaders.added(to: response)
  }

  private func answer(_ request: WebRequest) async -> WebResponse {
    let isAPI = request.target.path.hasPrefix("/api/")
    func problem(_ problem: WebFailure) -> WebResponse {
      isAPI ? problem.json : problem.page(for: request)
    }
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
    do throws(WebFailure) {
      return try await match.route.answer(
        RouteCall(request: request, values: match.values, source: source))
    } catch {
      return problem(error)
    }
  }
}
