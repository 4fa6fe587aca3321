import FXCore
import FXServer

/// The stream of events.
enum EventRoutes {
  static let all: [Route] = [
    .get("/api/v1/events") { call async throws(WebFailure) in
      let query = try Query(call, ["after"])
      let last = call.request.header("Last-Event-ID").flatMap { Int64($0) }
      let first = try query.number("after", in: 0...Int.max).map { Int64($0) }
      let stream: WebStream?
      do throws(StoreProblem) {
        stream = try await call.source.events.open(after: last ?? first)
      } catch {
        throw .unavailable(error.message)
      }
      guard let stream else {
        throw .unavailable(
          "\(EventStreams.most) streams of events are open; close some, or ask again later")
      }
      var response = WebResponse(type: "text/event-stream; charset=utf-8", body: [])
      response.headers += [
        HTTPHeader("Cache-Control", "no-store"), HTTPHeader("X-Accel-Buffering", "no"),
      ]
      response.stream = stream
      return response
    }
  ]
}
