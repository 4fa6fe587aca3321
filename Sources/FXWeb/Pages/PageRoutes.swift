import FXCommands
import FXCore
import FXDaemon
import FXServer

/// The pages for people.
enum PageRoutes {
  static let all: [Route] =
    AssetRoutes.all + [
      .get("/") { call async throws(WebFailure) in try await OverviewPage(call).response },
      .get("/pairs/{base}/{quote}") { call throws(WebFailure) in try PairPage(call).response },
      .get("/pairs/{base}/{quote}/chart.svg") { call throws(WebFailure) in
        try PairPage(call).chart
      },
      .get("/alerts/{id}") { call throws(WebFailure) in try AlertPage(call).response },
      .get("/rules") { call async throws(WebFailure) in try await RulesPage(call).response },
      .get("/rules/{rule}") { call async throws(WebFailure) in try await RulePage(call).response },
      .get("/sources") { call async in await SourcesPage(call).response },
      .get("/sources/{source}") { call async throws(WebFailure) in
        try await SourcePage(call).response
      },
      .get("/deliveries") { call throws(WebFailure) in try DeliveriesPage(call).response },
      .get("/silences") { call throws(WebFailure) in try SilencesPage(call).response },
      .get("/acknowledge/{alert}/{expires}/{code}", .link) { call throws(WebFailure) in
        try AcknowledgePage(call).response
      },
      Route(method: "POST", pattern: "/acknowledge/{alert}/{expires}/{code}", access: .link) {
        call throws(WebFailure) in
        try AcknowledgePage(call).acknowledge(call)
      },
      .write("POST", "/sources/{source}/poll") { call async throws(WebFailure) in
        _ = try await APIWrites.poll(call)
        return .seeOther("/sources")
      },
      .write("POST", "/silences") { call throws(WebFailure) in try SilencesPage.add(call) },
      .write("POST", "/silences/{id}/end") { call throws(WebFailure) in
        try SilencesPage.end(call)
      },
      .write("POST", "/alerts/{id}/acknowledge") { call throws(WebFailure) in
        try AlertPage.acknowledge(call)
      },
    ]
}
