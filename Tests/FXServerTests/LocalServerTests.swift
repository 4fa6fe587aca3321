import FXCore
import FXServer
import Foundation
import FoundationNetworking
import Testing

@Suite("Local servers")
struct LocalServerTests {
  @Test("A page has an ETag, gets status 304 while it is unchanged, and can be changed")
  func page() async throws {
    let page = LocalPage(body: Array("KGS/USD 0.01144".utf8))
    let port = try await page.start()

    let first = try await get(port)
    #expect(first == Answer(status: 200, tag: "\"1\"", body: "KGS/USD 0.01144"))
    let same = try await get(port, ifNoneMatch: first.tag)
    #expect(same == Answer(status: 304, tag: "\"1\"", body: ""))

    page.show(Array("KGS/USD 0.01153".utf8))
    let changed = try await get(port, ifNoneMatch: first.tag)
    #expect(changed == Answer(status: 200, tag: "\"2\"", body: "KGS/USD 0.01153"))
    #expect(try await post(port, body: Data()) == 405)

    await page.stop()
    await #expect(throws: URLError.self) { _ = try await get(port) }
  }

  @Test("A receiver provides every POST unchanged, responds with 204, and ends with stop")
  func receiver() async throws {
    let receiver = LocalReceiver()
    let port = try await receiver.start()
    #expect(try await post(port, body: Data("one".utf8), id: "msg_1") == 204)
    let large = Data(repeating: 0x61, count: LocalReceiver.maximumBodyBytes)
    #expect(try await post(port, body: large, id: "msg_2") == 204)
    #expect(try await post(port, body: large + large, id: "msg_3") == 413)
    #expect(try await get(port).status == 405)
    await receiver.stop()

    var posts: [ReceivedPost] = []
    for await post in receiver.posts { posts.append(post) }
    #expect(posts.map(\.path) == ["/hook", "/hook"])
    #expect(posts.map { $0.header("Webhook-ID") } == ["msg_1", "msg_2"])
    #expect(posts.map(\.body) == [Array("one".utf8), Array(large)])
  }

  @Test("A receiver whose posts are not read refuses more of them")
  func fullReceiver() async throws {
    let receiver = LocalReceiver()
    let port = try await receiver.start()
    for _ in 0..<LocalReceiver.maximumWaiting {
      #expect(try await post(port, body: Data("x".utf8)) == 204)
    }
    #expect(try await post(port, body: Data("x".utf8)) == 503)
    await receiver.stop()
  }

  @Test("Two servers at once have different ports")
  func ports() async throws {
    let (page, receiver) = (LocalPage(body: []), LocalReceiver())
    let ports = try await [page.start(), receiver.start()]
    #expect(Set(ports).count == 2 && !ports.contains(0))
    await page.stop()
    await receiver.stop()
  }

  private struct Answer: Equatable {
    let status: Int
    let tag: String?
    let body: String
  }

  private func get(_ port: UInt16, ifNoneMatch: String? = nil) async throws -> Answer {
    var request = try request(port)
    request.cachePolicy = .reloadIgnoringLocalCacheData
    request.setValue(ifNoneMatch, forHTTPHeaderField: "If-None-Match")
    let (body, response) = try await URLSession.shared.data(for: request)
    let answer = try #require(response as? HTTPURLResponse)
    return Answer(
      status: answer.statusCode, tag: answer.value(forHTTPHeaderField: "ETag"),
      body: String(decoding: body, as: UTF8.self))
  }

  private func post(_ port: UInt16, body: Data, id: String = "msg_0") async throws -> Int? {
    var request = try request(port)
    request.httpMethod = "POST"
    request.httpBody = body
    request.setValue(id, forHTTPHeaderField: "webhook-id")
    let (_, response) = try await URLSession.shared.data(for: request)
    return (response as? HTTPURLResponse)?.statusCode
  }

  private func request(_ port: UInt16) throws -> URLRequest {
    URLRequest(url: try #require(URL(string: "http://127.0.0.1:\(port)/hook")))
  }
}
