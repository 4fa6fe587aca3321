import FXCore

/// The response of one exchange.
struct ExchangeResponse: Sendable {
  let status: Int
  let headers: [HTTPHeader]
  let body: [UInt8]
}
