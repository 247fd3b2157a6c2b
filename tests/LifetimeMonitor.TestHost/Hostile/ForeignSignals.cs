using System.Runtime.InteropServices;
using LifetimeMonitor.Snapshots.Clone;

namespace LifetimeMonitor.TestHost.Hostile;

/// <summary>Signal handlers and signals of others, which know nothing of ours.</summary>
internal static unsafe partial class ForeignSignals
{
    private const int SegmentationFault = 11, First = 34, Last = 64, WithInformation = 4, OnStack = 0x08000000, Restart = 0x10000000;
    private const int MostEntered = 1000;

    // How often the handler was entered, and the address of the one that it calls.
    private static readonly nint* s_memory = (nint*)NativeMemory.AllocZeroed(2 * (nuint)sizeof(nint));

    /// <summary>
    /// Somebody puts a handler of faults before ours while a diagnosis runs, and calls the one it found. After a second diagnosis the program
    /// meets a null reference.
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

    /// <summary>Somebody queues real-time signals with a payload of their own: those that no handler was installed for before the check.</summary>
    public static int RunQueued()
    {
        int[] free = [.. Enumerable.Range(First, Last - First + 1).Where(s => Handler(s) == 0)];
        LifetimeReport report = Holder.LeakThroughList().Check();
        int[] ours = [.. free.Where(s => Handler(s) != 0)];
        foreach (int signal in ours) _ = sigqueue(Environment.ProcessId, signal, 16);
        Console.WriteLine($"{ours.Length} signals have a handler that had none, {(Holder.IsTheList(report) ? "the path" : report.ToString())}");
        return 0;
    }

    /// <summary>The address of the handler of a signal.</summary>
    public static nint Handler(int signal)
    {
        byte* action = stackalloc byte[152];
        return sigaction(signal, null, action) == 0 ? *(nint*)action : -1;
    }

    /// <summary>A native handler that returns at once, of a program that knows nothing of ours.</summary>
    // Not one on the alternate stack: its frame would lie on what the runtime keeps there while it handles a null reference, and end the program without us.
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

    // A handler that counts, calls the one before it, and ends the process when it was entered too often.
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
