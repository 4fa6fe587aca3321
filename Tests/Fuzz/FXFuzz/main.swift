// Runs readers on bytes that no publisher sends.
//
//   FXFuzz list                     the readers
//   FXFuzz seeds FOLDER             writes the bodies of the case files as FOLDER/READER/NAME
//   FXFuzz READER FILE…             reads files that the fuzzer found
//   FXFuzz READER [ARGUMENT…]       libFuzzer's arguments, if built with FUZZING (make fuzz)

import Foundation

let arguments = CommandLine.arguments.dropFirst()
switch arguments.first {
case "list":
  for name in FuzzedReader.names { FileHandle.standardOutput.write(Data("\(name)\n".utf8)) }
case "seeds":
  try FuzzSeeds.write(to: URL(filePath: arguments.dropFirst().first ?? "seeds"))
case let name? where FuzzedReader.names.contains(name):
  #if FUZZING
    exit(Fuzzer.run(Array(arguments.dropFirst())))
  #else
    for file in arguments.dropFirst() {
      FuzzedReader.current.read(Array(try Data(contentsOf: URL(filePath: file))))
    }
  #endif
default:
  let usage = "FXFuzz list | seeds FOLDER | READER FILE…\n"
  FileHandle.standardError.write(Data(usage.utf8))
  exit(2)
}
