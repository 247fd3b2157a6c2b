using System.Runtime.InteropServices;

namespace LifetimeMonitoring.Snapshots.Dump;

/// <summary>The functions of the C library that start another program. They return 0, or an errno.</summary>
internal static unsafe partial class SpawnCalls
{
    /// <summary>Room for the lists of actions and of attributes; both C libraries need less than half of it.</summary>
    public const int ListLength = 1024;

    public const short SetDefaultSignals = 4, SetBlockedSignals = 8; // POSIX_SPAWN_SETSIGDEF, POSIX_SPAWN_SETSIGMASK

    [LibraryImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int posix_spawn(
        int* processId, byte* path, void* actions, void* attributes, byte** arguments, byte** environment);

    [LibraryImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int posix_spawn_file_actions_init(void* actions);

    [LibraryImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int posix_spawn_file_actions_adddup2(void* actions, int from, int to);

    [LibraryImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int posix_spawn_file_actions_addclose(void* actions, int descriptor);

    [LibraryImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int posix_spawn_file_actions_destroy(void* actions);

    [LibraryImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int posix_spawnattr_init(void* attributes);

    [LibraryImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int posix_spawnattr_setflags(void* attributes, short flags);

    [LibraryImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int posix_spawnattr_setsigmask(void* attributes, ulong* signals);

    [LibraryImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int posix_spawnattr_setsigdefault(void* attributes, ulong* signals);

    [LibraryImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int posix_spawnattr_destroy(void* attributes);
}
