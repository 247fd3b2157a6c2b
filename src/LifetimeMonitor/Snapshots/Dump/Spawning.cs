using System.Globalization;
using System.Runtime.InteropServices;

namespace LifetimeMonitoring.Snapshots.Dump;

/// <summary>
/// Starts another program with the C library alone: no shell, no thread, no handler of SIGCHLD, no lasting effect.
/// </summary>
internal static unsafe class Spawning
{
    private const string OpenDescriptors = "/proc/self/fd";
    private const int StandardInput = 0, StandardOutput = 1, StandardError = 2;

    /// <summary>Starts a program and returns its process id.</summary>
    /// <param name="program">Its path.</param>
    /// <param name="arguments">Its arguments, without its own name.</param>
    /// <param name="output">Receives its standard output.</param>
    /// <param name="errors">Receives its standard error.</param>
    /// <exception cref="SnapshotRefusedException">The system does not start it.</exception>
    public static int Start(string program, IReadOnlyList<string> arguments, ChildPipe output, ChildPipe errors)
    {
        using var path = new NativeTexts([program]);
        using var given = new NativeTexts([program, .. arguments]);
        using var environment = NativeTexts.Environment();
        byte* actions = stackalloc byte[SpawnCalls.ListLength];
        byte* attributes = stackalloc byte[SpawnCalls.ListLength];
        int processId = 0;
        int error = SpawnCalls.posix_spawn_file_actions_init(actions);
        if (error == 0)
        {
            error = SpawnCalls.posix_spawnattr_init(attributes);
            if (error == 0)
            {
                AddDescriptors(actions, output.WriteEnd, errors.WriteEnd);
                SetSignals(attributes);
                error = SpawnCalls.posix_spawn(
                    &processId, path.List[0], actions, attributes, given.List, environment.List);
                _ = SpawnCalls.posix_spawnattr_destroy(attributes);
            }

            _ = SpawnCalls.posix_spawn_file_actions_destroy(actions);
        }

        return error == 0
            ? processId
            : throw new SnapshotRefusedException($"createdump was not started ({Explain(error)})");
    }

    private static string Explain(int error) => error switch
    {
        1 => "EPERM: a seccomp filter or security module does not allow new processes",
        11 => "EAGAIN: the limit on processes is reached (raise the container's pids limit or `ulimit -u`)",
        12 => "ENOMEM: not enough memory, or vm.overcommit_memory=2",
        13 => "EACCES: the file may not be executed, or lies where nothing may be",
        38 => "ENOSYS: the sandbox does not offer new processes",
        _ => $"errno {error}: {Marshal.GetPInvokeErrorMessage(error)}",
    };

    // createdump reads nothing. Its standard input is a descriptor that cannot be read.
    private static void AddDescriptors(byte* actions, int output, int errors)
    {
        _ = SpawnCalls.posix_spawn_file_actions_adddup2(actions, output, StandardInput);
        _ = SpawnCalls.posix_spawn_file_actions_adddup2(actions, output, StandardOutput);
        _ = SpawnCalls.posix_spawn_file_actions_adddup2(actions, errors, StandardError);
        foreach (int descriptor in Inherited()) _ = SpawnCalls.posix_spawn_file_actions_addclose(actions, descriptor);
    }

    // The descriptors that native code opened without close-on-exec. Closing one that is closed by then is no error.
    private static List<int> Inherited()
    {
        var inherited = new List<int>();
        foreach (string file in Directory.EnumerateFileSystemEntries(OpenDescriptors))
        {
            int descriptor = int.Parse(Path.GetFileName(file), CultureInfo.InvariantCulture);
            bool isInherited = ChildCalls.fcntl(descriptor, ChildCalls.GetDescriptorFlags, 0) == 0;
            if (descriptor > StandardError && isInherited) inherited.Add(descriptor);
        }

        return inherited;
    }

    // createdump does not expect the signals that are blocked or ignored here; it waits for our threads as for
    // children.
    private static void SetSignals(byte* attributes)
    {
        const int WordsOfSet = 16;
        ulong* none = stackalloc ulong[WordsOfSet];
        ulong* usual = stackalloc ulong[WordsOfSet];
        new Span<ulong>(none, WordsOfSet).Clear();
        new Span<ulong>(usual, WordsOfSet).Clear();
        usual[0] = (1UL << (ChildCalls.ChildSignal - 1)) | (1UL << (ChildCalls.PipeSignal - 1));
        _ = SpawnCalls.posix_spawnattr_setsigmask(attributes, none);
        _ = SpawnCalls.posix_spawnattr_setsigdefault(attributes, usual);
        _ = SpawnCalls.posix_spawnattr_setflags(
            attributes, SpawnCalls.SetDefaultSignals | SpawnCalls.SetBlockedSignals);
    }
}
