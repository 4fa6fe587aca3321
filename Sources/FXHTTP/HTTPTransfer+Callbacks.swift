import CCurl
import FXCore

// The callbacks of libcurl, called only during the transport's calls and therefore in its isolation.
// They neither throw nor trap, because C frames cannot be unwound; a callback stops a transfer by its
// return value and stores the reason in the transfer.

/// Returns the transfer of a pointer given to libcurl, which lives as long as its easy handle.
private func transfer(_ pointer: UnsafeMutableRawPointer?) -> HTTPTransfer? {
  pointer.map { Unmanaged<HTTPTransfer>.fromOpaque($0).takeUnretainedValue() }
}

/// CURLOPT_WRITEFUNCTION: receives a piece of the decompressed body.
let writeCallback: curl_write_callback = { bytes, size, count, pointer in
  guard let transfer = transfer(pointer), let bytes else { return 0 }
  let piece = UnsafeRawBufferPointer(start: bytes, count: size * count)
  return transfer.receive(piece) ? piece.count : 0
}

/// CURLOPT_HEADERFUNCTION: receives one header line.
let headerCallback: curl_write_callback = { bytes, size, count, pointer in
  guard let transfer = transfer(pointer), let bytes else { return 0 }
  let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
  guard !line.isEmpty else { return 0 }
  if transfer.head.append(line: line, within: transfer.limits) {
    if line.count <= 2 { transfer.unpackGzip() }
    return line.count
  }
  let limits = transfer.limits
  transfer.stopReason = .broken(
    reason: "its headers exceed \(limits.maximumHeaderFields) fields "
      + "or \(limits.maximumHeaderBytes) bytes")
  return 0
}

/// CURLOPT_OPENSOCKETFUNCTION: checks the resolved address before a socket is opened for it.
let openSocketCallback: curl_opensocket_callback = { pointer, _, address in
  guard let transfer = transfer(pointer), let address else { return curl_socket_t(-1) }
  var bytes = [UInt8](repeating: 0, count: 16)
  let count = Int(fx_address_bytes(address, &bytes))
  guard transfer.allows(InternetAddress(bytes: Array(bytes.prefix(count)))) else {
    return curl_socket_t(-1)
  }
  transfer.hasOpenedSocket = true
  return transfer.sockets.open(for: address, origin: transfer.exchange?.address.origin)
}

/// CURLOPT_PREREQFUNCTION: checks the peer again before anything is sent, because a reused connection
/// may have been opened by a request with `allowPrivate`.
let prerequestCallback: curl_prereq_callback = { pointer, peer, _, _, _ in
  guard let transfer = transfer(pointer), let peer else { return CURL_PREREQFUNC_ABORT }
  guard !transfer.allowsAnyAddress else { return CURL_PREREQFUNC_OK }
  var bytes = [UInt8](repeating: 0, count: 16)
  let count = Int(fx_address_bytes_of_text(peer, &bytes))
  return transfer.allows(InternetAddress(bytes: Array(bytes.prefix(count))))
    ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT
}

extension HTTPTransfer {
  /// Unpacks the body here rather than in libcurl if the head announces a gzip stream.
  ///
  /// libcurl accepts a stream that is cut off. From 8.7 on it has begun to unpack by then, and does so
  /// itself.
  fileprivate func unpackGzip() {
    guard Self.unpacksWhenWriting, exchange?.method == .get, gzip == nil,
      let encoding = head.fields.last(where: { $0.isNamed("content-encoding") }),
      ["gzip", "x-gzip"].contains(encoding.value.lowercased())
    else { return }
    if easy.set(CURLOPT_HTTP_CONTENT_DECODING, 0) { gzip = GzipStream() }
  }

  /// True if libcurl decides to unpack a body with each piece of it.
  private static let unpacksWhenWriting =
    curl_version_info(CURLVERSION_FIRST).map { $0.pointee.version_num < 0x08_07_00 } ?? false

  /// Receives a piece of the body; returns false to stop the transfer.
  fileprivate func receive(_ piece: UnsafeRawBufferPointer) -> Bool {
    guard let gzip else { return append(toBody: piece) }
    if gzip.unpack(piece, append(toBody:)) { return true }
    if stopReason == nil, !isCutShort {
      stopReason = .broken(
        reason: "\(exchange?.address.origin ?? ""): the body's compression is invalid or unknown")
    }
    return false
  }

  /// Appends to the body; returns false if that would exceed the request's limit or the budget of all
  /// bodies, or if the rest is not needed.
  fileprivate func append(toBody piece: UnsafeRawBufferPointer) -> Bool {
    guard stopReason == nil else { return false }
    let limit = exchange?.request.maximumBodyBytes ?? 0
    receivedBytes += piece.count
    if receivedBytes > limit {
      guard case .discarded(let most)? = exchange?.request.excess else {
        stopReason = .bodyTooLarge(limit: limit)
        return false
      }
      isCutShort = receivedBytes > most
    }
    if body.isEmpty {
      // Content-Length is the compressed size; a decompressed body that is larger makes the array grow.
      let contentLength = easy.offset(CURLINFO_CONTENT_LENGTH_DOWNLOAD_T) ?? -1
      body.reserveCapacity(min(limit, max(piece.count, Int(max(0, contentLength)))))
    }
    let kept = piece.prefix(limit - body.count)
    body.append(contentsOf: kept)
    budget.add(kept.count, of: self)
    return !isCutShort && stopReason == nil
  }

  /// The most bytes that the connection may receive for the response: the body, what frames it, and
  /// the head.
  var maximumBytesOnTheWire: Int {
    guard let request = exchange?.request else { return 0 }
    var body = request.maximumBodyBytes
    if case .discarded(let most) = request.excess { body = max(body, most) }
    return LoopLimits.bytesPerByteOfBody * body + 2 * limits.maximumHeaderBytes
  }

  /// Indicates whether the request may connect to every address.
  ///
  /// With a proxy the address is that of the proxy, which the administrator names.
  fileprivate var allowsAnyAddress: Bool {
    guard let request = exchange?.request else { return false }
    return request.allowPrivate || request.proxy != nil
  }

  /// Returns true if the request may connect to an address.
  ///
  /// An address of an unknown family is allowed only if every address is.
  fileprivate func allows(_ address: InternetAddress?) -> Bool {
    guard !allowsAnyAddress else { return true }
    guard exchange != nil, let address else { return false }
    guard !AddressPolicy.isPublic(address) else { return true }
    refusedAddress = address
    return false
  }
}
