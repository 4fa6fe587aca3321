import CMicroHTTPD
import Glibc
import Synchronization

/// The body of a response that is sent piece by piece, until either side ends it.
///
/// Pieces wait in memory for a client that reads slowly; beyond `limit` bytes the stream ends.
package final class WebStream: Sendable {
  /// The most bytes that wait.
  package static let limit = 256 * 1024

  private struct State {
    var waiting: [UInt8] = []
    var isEnded = false

    /// The address of the connection while it is suspended, because nothing waits.
    var suspended: UInt?
  }

  private let state = Mutex(State())

  /// A stream whose first pieces can be sent before it is a response.
  package init() {}

  /// Adds a piece; false once the stream has ended, or ends because too much waits.
  @discardableResult
  package func send(_ bytes: [UInt8]) -> Bool {
    state.withLock { state in
      guard !state.isEnded else { return false }
      if state.waiting.count + bytes.count > Self.limit {
        state.isEnded = true
      } else {
        state.waiting += bytes
      }
      Self.resume(&state)
      return !state.isEnded
    }
  }

  /// Ends the stream after what waits.
  package func end() {
    state.withLock { state in
      state.isEnded = true
      Self.resume(&state)
    }
  }

  /// True once nothing can be sent.
  package var isEnded: Bool { state.withLock { $0.isEnded } }

  /// The number of bytes that wait.
  package var waitingCount: Int { state.withLock { $0.waiting.count } }

  private static func resume(_ state: inout State) {
    guard let address = state.suspended, let connection = OpaquePointer(bitPattern: address) else {
      return
    }
    state.suspended = nil
    MHD_resume_connection(connection)
  }

  // MARK: Called by libmicrohttpd on its thread

  /// Moves waiting bytes into a buffer; suspends the connection where there are none.
  func read(
    into buffer: UnsafeMutablePointer<CChar>, _ room: Int, _ connection: OpaquePointer
  ) -> Int {
    state.withLock { state in
      let count = min(room, state.waiting.count)
      guard count > 0 else {
        // MHD_CONTENT_READER_END_OF_STREAM
        if state.isEnded { return -1 }
        state.suspended = UInt(bitPattern: connection)
        MHD_suspend_connection(connection)
        return 0
      }
      state.waiting.withUnsafeBytes { bytes in
        if let base = bytes.baseAddress { memcpy(buffer, base, count) }
      }
      state.waiting.removeFirst(count)
      return count
    }
  }

  /// The connection has ended.
  func close() {
    state.withLock { state in
      state.isEnded = true
      state.suspended = nil
      state.waiting = []
    }
  }
}
