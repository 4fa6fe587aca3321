extension HouseRule {
  /// The rules about what code may call and declare.
  static let code: [HouseRule] = [
    .nowhere(
      "Nothing is public: no product is a library",
      #"(?<!\.)\b(public|open)\s+(?!import)\w"#,
      example: ("Sources/FXCore/X.swift", "package struct X {}\npublic struct Y {}", 2)),

    .nowhere(
      "Only commands print",
      #"(^|[^.\w])(print|debugPrint|dump|NSLog)\("#,
      except: ["Sources/fxwatch/": "commands print their results"],
      example: ("Sources/FXDaemon/X.swift", "// print(1)\n  print(rate)", 2)),

    .nowhere(
      "No Double between the printed text and the alert",
      #"\b(Double|Float|Float16|Float32|Float64|Float80|CGFloat|Decimal)\b"#,
      only: ["Sources/FXCore/", "Sources/FXSources/"],
      example: ("Sources/FXCore/X.swift", "let rate: Double = 1", 1)),

    .nowhere(
      "Nothing traps on purpose but a precondition",
      #"(^|[^.\w])(fatalError|assertionFailure|abort)\(|\bas!|\btry!"#,
      example: ("Sources/FXCore/X.swift", "let x = y as! Z", 1)),

    .nowhere(
      "The reason to wait is checked within the closure of withCheckedContinuation (see TurnQueue)",
      #"\b(if|while|guard)\b.*await withCheckedContinuation"#,
      example: (
        "Sources/FXCore/X.swift",
        "  await withCheckedContinuation { turns.take($0) }\n"
          + "  if isBusy { await withCheckedContinuation { callers.append($0) } }", 2
      )),

    .nowhere(
      "The compiler's concurrency checks are switched off only in the lanes and around libcurl",
      #"@unchecked\s+Sendable|nonisolated\(unsafe\)|@preconcurrency|\bunsafe(Bit|Down)Cast"#,
      except: [
        "Sources/FXSystem/Lanes/": "Dispatch sources are not Sendable on Linux",
        "Sources/FXHTTP/": "libcurl's handles are confined to a lane the compiler cannot see",
      ],
      example: ("Sources/FXStore/X.swift", "final class X: @unchecked Sendable {}", 1)),

    .nowhere(
      "Dispatch sources are made only in the lanes",
      #"\bDispatchSource\b|\.make(Timer|Read|Write|Signal|Process|FileSystemObject)\w*Source\("#,
      except: ["Sources/FXSystem/Lanes/": "its wrappers demand @Sendable handlers"],
      example: (
        "Sources/FXHTTP/X.swift", "let x = DispatchSource.makeReadSource(fileDescriptor: 0)", 1
      )),

    .nowhere(
      "No thread is blocked until another one is done, and every task has a parent",
      #"\bDispatchSemaphore\b|\.sync\b\s*[{(]|\bTask\.detached\b"#,
      example: ("Sources/FXStore/X.swift", "queue.sync { 1 }", 1)),

    .nowhere(
      "No code sleeps",
      #"\b(usleep|nanosleep|sleep)\("#,
      example: ("Sources/FXStore/X.swift", "try await Task.sleep(for: .seconds(1))", 1)),

    .nowhere(
      "No type name is made of filler words such as Manager",
      #"\b(class|struct|enum|actor|protocol|typealias)\s+\w*(Manager|Helper|Util|Utils|Impl|Base)\b"#,
      example: ("Sources/FXCore/X.swift", "struct RateManager {}", 1)),
  ]
}
