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
      .get("/sources") { call async in await SourcesPage(call).response },
      .get("/deliveries") { call throws(WebFailure) in try DeliveriesPage(call).response },
      .get("/silences") { call throws(WebFailure) in try SilencesPage(call).response },
      .write("POST", "/silences") { call throws(WebFailure) in try SilencesPage.add(call) },
      .write("POST", "/silences/{id}/end") { call throws(WebFailure) in
        try SilencesPage.end(call)
      },
      .write("POST", "/alerts/{id}/acknowledge") { call throws(WebFailure) in
        try AlertPage.acknowledge(call)
      },
    ]
}
