/// The tasks that carry out commands, until they end.
struct TasksInProgress {
  /// True once nothing new may be started.
  private(set) var isClosed = false

  /// The number of the next task.
  private(set) var nextNumber = 0

  private var tasks: [Int: Task<Void, Never>] = [:]

  /// The tasks that have not ended.
  var all: [Task<Void, Never>] { Array(tasks.values) }

  /// Adds a task under `nextNumber`.
  mutating func add(_ task: Task<Void, Never>) {
    tasks[nextNumber] = task
    nextNumber += 1
  }

  /// Removes a task that has ended.
  mutating func remove(_ number: Int) { tasks[number] = nil }

  /// Marks that nothing new may be started.
  mutating func close() { isClosed = true }
}
