/// The lock of a store's data by a daemon or an import; released when it is deallocated.
package protocol StoreLock: AnyObject, Sendable {}
