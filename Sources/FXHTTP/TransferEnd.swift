import CCurl

/// The end of a transfer.
enum TransferEnd {
  /// The transfer finished with libcurl's result code.
  case finished(CURLcode)
  /// The transfer was cancelled.
  case cancelled
  /// libcurl did not accept the transfer.
  case rejected
}
