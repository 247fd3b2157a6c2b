namespace LifetimeMonitoring.Snapshots.Clone;

/// <summary>Why the kernel refused a clone, and the setting to change.</summary>
internal static class CloneErrors
{
    public static string Explain(int errno) => errno switch
    {
        1 => "clone was forbidden (EPERM): a seccomp filter or security module does not allow it",
        11 => "clone was refused (EAGAIN): the limit on processes is reached "
            + "(raise the container's pids limit or `ulimit -u`)",
        12 => "clone was refused (ENOMEM): not enough memory, or vm.overcommit_memory=2",
        38 => "clone is not implemented (ENOSYS): the sandbox does not offer it",
        _ => $"clone failed with errno {errno}",
    };

    /// <summary>Why the clone could not copy the memory that it shares with us.</summary>
    /// <param name="errno">The clone's error; 0 if it did not answer.</param>
    /// <param name="limit">How long we waited.</param>
    public static string ExplainNotFrozen(int errno, TimeSpan limit) => errno switch
    {
        0 => $"the clone did not copy the runtime's type data within {Quantity.Seconds(limit)}: "
            + "the machine is overloaded, or the system killed the clone",
        7 => "the clone could not copy the runtime's type data: it lies in more than 16,384 places "
            + "(DOTNET_EnableWriteXorExecute=0 has none to copy)",
        CloneRequests.NotSettled => "the runtime changed its type data each time while the clone was made: "
            + "threads woke and loaded or compiled code; fewer tests at a time do less of that",
        12 => "the clone could not copy the runtime's type data (ENOMEM): "
            + "not enough memory, or vm.max_map_count is reached",
        _ => $"the clone could not copy the runtime's type data (errno {errno})",
    };

    /// <summary>Why the clone cannot be read.</summary>
    public static string ExplainNotReadable(int errno) => errno switch
    {
        1 or 13 => "the clone may not be read (EPERM): "
            + "the process is not dumpable (prctl PR_SET_DUMPABLE, or it changed its user), "
            + "or a seccomp filter or security module forbids process_vm_readv and /proc/<pid>/mem; "
            + "in a container the capability SYS_PTRACE allows it",
        3 => "the clone died before it could be read (ESRCH): the system killed it, for memory or by a limit",
        _ => $"the clone cannot be read (errno {errno})",
    };
}
