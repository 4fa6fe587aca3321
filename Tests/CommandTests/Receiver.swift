import FXCore
import Support

/// A receiver of webhooks: records the requests and answers as the test requires.
final class Receiver: Sendable {
  /// One request.
  struct Post: Sendable, CustomStringConvertible {
    let target: String
    let id: String
    let timestamp: String
    let signature: String?
    let body: [UInt8]
    let payload: JSONValue

    /// True if it was answered with success.
    let isAccepted: Bool

    var type: String { payload["type"]?.text ?? "" }
    var pair: String { self["pair"] ?? "" }
    var rate: String { self["rate"] ?? "" }

    /// A text of the payload's data.
    subscript(name: String) -> String? { payload["data"]?[name]?.text }

    var description: String { "\(id) \(type) \(pair) \(rate)\(isAccepted ? "" : " (not taken)")" }
  }

  /// The answer to a request.
  typealias Answer = @Sendable (_ id: String, _ earlier: [Post]) -> LoopbackServer.Reply

  /// Everything that arrived, refused or not.
  let posts = EventLog<Post>("the receiver")

  /// The webhook's address.
  let url: String

  private let server: LoopbackServer
  private let answer: Locked<Answer>

  /// Takes everything.
  static let takes: Answer = { _, _ in .answer(status: 204) }

  /// Starts to listen, on a port of the system's choice or on this one.
  init(port: Int = 0, _ answer: @escaping Answer = Receiver.takes) throws {
    let current = Locked(answer)
    self.answer = current
    let posts = posts
    server = try LoopbackServer(port: port) { request in
      let id = request.header("webhook-id") ?? ""
      let reply = current.withLock { $0 }(id, posts.all)
      let isAccepted = if case .answer(200..<300, _, _) = reply { true } else { false }
      posts.append(
        Post(
          target: request.target, id: id, timestamp: request.header("webhook-timestamp") ?? "",
          signature: request.header("webhook-signature"), body: request.body,
          payload: (try? JSONReader.read(request.body)) ?? .null, isAccepted: isAccepted))
      return reply
    }
    url = "\(server.url)/hook"
  }

  deinit { server.stop() }

  /// Answers differently from now on.
  func answer(_ answer: @escaping Answer) { self.answer.withLock { $0 = answer } }

  /// Takes everything from now on.
  func recover() { answer(Receiver.takes) }

  /// The accepted events, each once.
  var taken: [Post] { Self.taken(of: posts.all) }

  /// Returns the accepted events, each once, as soon as there are `count`.
  @discardableResult
  func taken(_ count: Int, patience: Duration = .seconds(60)) async throws -> [Post] {
    let posts = try await posts.wait(for: "\(count) events to take", patience: patience) {
      Self.taken(of: $0).count >= count
    }
    return Self.taken(of: posts)
  }

  private static func taken(of posts: [Post]) -> [Post] {
    var known: Set<String> = []
    return posts.filter { $0.isAccepted && known.insert($0.id).inserted }
  }
}
