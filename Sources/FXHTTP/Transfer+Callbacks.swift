import CCurl
import FXCore

// What libcurl calls while a transfer runs: always from within a call the transport made, thus in its
// isolation. Nothing here throws or traps, since C cannot be unwound; a callback stops a transfer by
// the value it returns, with the reason left in the transfer.

/// The transfer behind the pointer that was given to libcurl; it lives as long as its easy handle.
private func transfer(_ pointer: UnsafeMutableRawPointer?) -> Transfer? {
  pointer.map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
}

/// CURLOPT_WRITEFUNCTION: takes a piece of the body, decompressed.
let writeCallback: curl_write_callback = { bytes, size, count, pointer in
  guard let transfer = transfer(pointer), let bytes else { return 0 }
  let piece = UnsafeRawBufferPointer(start: bytes, count: size * count)
  return transfer.take(body: piece) ? piece.count : 0
}

/// CURLOPT_HEADERFUNCTION: takes one line of a head.
let headerCallback: curl_write_callback = { bytes, size, count, pointer in
  guard let transfer = transfer(pointer), let bytes else { return 0 }
  let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
  guard !line.isEmpty else { return 0 }
  if transfer.head.take(line, within: transfer.limits) { return line.count }
  let limits = transfer.limits
  transfer.stopped = .broken(
    reason: "its headers are more than \(limits.maximumHeaderFields) fields "
      + "or \(limits.maximumHeaderBytes) bytes")
  return 0
}

/// CURLOPT_OPENSOCKETFUNCTION: judges the very address that is about to be connected to, whatever
/// name or spelling led there.
let openSocketCallback: curl_opensocket_callback = { pointer, _, address in
  guard let transfer = transfer(pointer), let address else { return curl_socket_t(-1) }
  var bytes = [UInt8](repeating: 0, count: 16)
  let count = Int(fx_address_bytes(address, &bytes))
  guard transfer.allows(InternetAddress(bytes: Array(bytes.prefix(count)))) else {
    return curl_socket_t(-1)
  }
  transfer.hasOpenedSocket = true
  return transfer.sockets.open(for: address)
}

/// CURLOPT_PREREQFUNCTION: judges the peer again before anything is sent, because a connection that a
/// request with other permissions opened may be used once more.
let prerequestCallback: curl_prereq_callback = { pointer, peer, _, _, _ in
  guard let transfer = transfer(pointer), let peer else { return CURL_PREREQFUNC_ABORT }
  var bytes = [UInt8](repeating: 0, count: 16)
  let count = Int(fx_address_bytes_of_text(peer, &bytes))
  return transfer.allows(InternetAddress(bytes: Array(bytes.prefix(count))))
    ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT
}

extension Transfer {
  /// Appends to the body; false when that would pass the request's limit.
  fileprivate func take(body piece: UnsafeRawBufferPointer) -> Bool {
    let limit = hop?.request.maximumBodyBytes ?? 0
    guard body.count + piece.count <= limit else {
      stopped = .bodyTooLarge(limit: limit)
      return false
    }
    if body.isEmpty {
      // Announced is what comes over the wire; decompressed it is more, which only costs growth.
      let announced = easy.offset(CURLINFO_CONTENT_LENGTH_DOWNLOAD_T) ?? -1
      body.reserveCapacity(max(piece.count, min(limit, Int(max(0, announced)))))
    }
    body.append(contentsOf: piece)
    return true
  }

  /// Whether the request may talk to an address; an unknown kind of address only if it may talk to
  /// any.
  fileprivate func allows(_ address: InternetAddress?) -> Bool {
    guard let hop, !hop.request.allowPrivate else { return hop != nil }
    guard let address else { return false }
    guard !AddressPolicy.isPublic(address) else { return true }
    refused = address
    return false
  }
}
