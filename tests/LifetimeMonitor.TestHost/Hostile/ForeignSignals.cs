using System.Runtime.InteropServices;
using LifetimeMonitoring.Reports;
using LifetimeMonitoring.Snapshots.Clone;

namespace LifetimeMonitoring.TestHost.Hostile;

/// <summary>Signal handlers and signals of other code, which knows nothing of ours.</summary>
internal static unsafe partial class ForeignSignals
{
    private const int SegmentationFault = 11, First = 34, Last = 64, WithInformation = 4, OnStack = 0x08000000, Restart = 0x10000000;
    private const int MostEntered = 1000;

    // The number of calls of the handler, and the address of the handler that it calls.
    private static readonly nint* s_memory = (nint*)NativeMemory.AllocZeroed(2 * (nuint)sizeof(nint));

    /// <summary>
    /// During a diagnosis, other code installs a fault handler before ours, which calls ours. After a second diagnosis
    /// the program meets a null reference.
    /// </summary>
    public static int RunRing()
    {
        bool isInstalled = false;
        var installing = new Thread(() =>
        {
            nint before = Handler(SegmentationFault);
            while (Handler(SegmentationFault) == before) Thread.Sleep(0);
            s_memory[1] = Handler(SegmentationFault);
            Install(SegmentationFault, Code(), WithInformation | OnStack);
            Volatile.Write(ref isInstalled, value: true);
        });
        installing.Start();
        while (!Volatile.Read(ref isInstalled)) _ = Holder.LeakThroughList().Check();
        installing.Join();
        LifetimeReport report = Holder.LeakThroughList().Check();
        string caught = "nothing";
        try
        {
            _ = ((string)null!).Length;
        }
        catch (NullReferenceException e)
        {
            caught = e.GetType().Name;
        }

        Console.WriteLine($"{caught}, entered {*s_memory} times, {(Holder.IsTheList(report) ? "the path" : report.ToString())}");
        return caught == nameof(NullReferenceException) && *s_memory <= 2 ? 0 : 1;
    }

    /// <summary>
    /// Other code queues real-time signals with its own payload: those without a handler before the check.
    /// </summary>
    public static int RunQueued()
    {
        int[] free = [.. Enumerable.Range(First, Last - First + 1).Where(s => Handler(s) == 0)];
        LifetimeReport report = Holder.LeakThroughList().Check();
        int[] ours = [.. free.Where(s => Handler(s) != 0)];
        foreach (int signal in ours) _ = sigqueue(Environment.ProcessId, signal, 16);
        Console.WriteLine(
            $"{ours.Length} signals have a handler that had none, " +
            $"{(Holder.IsTheList(report) ? "the path" : report.ToString())}");
        return 0;
    }

    /// <summary>The address of the handler of a signal.</summary>
    public static nint Handler(int signal)
    {
        byte* action = stackalloc byte[152];
        return sigaction(signal, null, action) == 0 ? *(nint*)action : -1;
    }

    /// <summary>Installs an independent native handler that returns at once.</summary>
    // Not on the alternate stack: its frame would overwrite the runtime's data there during a null reference. That
    // would end the program even without our checks.
    public static void InstallOneThatDoesNothing(int signal) => Install(signal, [0xC3], Restart); // ret

    private static void Install(int signal, byte[] code, int flags)
    {
        // struct sigaction of the C library: handler, mask of 128 bytes, flags.
        byte* action = stackalloc byte[152];
        byte* old = stackalloc byte[152];
        new Span<byte>(action, 152).Clear();
        *(nint*)action = ExecutableMemory.Map(code);
        *(int*)(action + 136) = flags;
        _ = sigaction(signal, action, old);
    }

    // A handler that counts, calls the previous handler, and ends the process after too many calls.
    private static byte[] Code() =>
    [
        0x48, 0xB8, .. BitConverter.GetBytes((nint)s_memory),       // mov rax, counter
        0xF0, 0xFF, 0x00,                                           // lock inc dword [rax]
        0x81, 0x38, .. BitConverter.GetBytes(MostEntered),          // cmp dword [rax], most
        0x77, 0x0C,                                                 // ja end
        0x48, 0xB8, .. BitConverter.GetBytes((nint)(s_memory + 1)), // mov rax, the address of the chained one
        0xFF, 0x20,                                                 // jmp [rax]
        0x0F, 0x0B,                                                 // end: ud2
    ];

    [LibraryImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int sigaction(int signal, byte* action, byte* old);

    [LibraryImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int sigqueue(int process, int signal, nint value);
}
