import FXCore
import FXServer

/// The files that pages refer to.
enum AssetRoutes {
  static let all: [Route] = [
    asset("/assets/style.css", PackageResources.style_css, "text/css; charset=utf-8"),
    asset("/assets/page.js", PackageResources.page_js, "text/javascript; charset=utf-8"),
    asset("/assets/icon.svg", PackageResources.icon_svg, "image/svg+xml"),
    asset("/openapi.json", PackageResources.openapi_json, "application/json"),
  ]

  private static func asset(_ pattern: PathPattern, _ body: [UInt8], _ type: String) -> Route {
    .get(pattern, .open) { _ in WebResponse(type: type, body: body) }
  }
}
