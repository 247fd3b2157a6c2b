using System.Runtime.InteropServices;

namespace LifetimeMonitoring.TestHost;

/// <summary>
/// Forbids this process some system calls permanently, as a container's seccomp profile does: they fail with EPERM.
/// </summary>
internal static unsafe partial class Seccomp
{
    public const int MemoryMap = 9, MemoryAdvice = 28, Clone = 56, ProcessControl = 157,
        SetLimit = 160, SetLimitOfProcess = 302, ProcessVmReadv = 310;
    public const uint SetDeathSignal = 1; // PR_SET_PDEATHSIG
    public const uint PopulateWrite = 23; // MADV_POPULATE_WRITE
    private const int SeccompCall = 317, SetModeFilter = 1, AllThreads = 1, NoNewPrivileges = 38;
    private const int Fork = 57, Vfork = 58, Clone3 = 435;
    private const uint CloneThread = 0x10000; // CLONE_THREAD
    private const ushort Load = 0x20, JumpIfEqual = 0x15, JumpIfSet = 0x45, Return = 0x06;
    private const int FirstArgument = 16; // in struct seccomp_data
    private const uint Allow = 0x7fff0000, AnswerNotPermitted = 0x00050001, AnswerNotThere = 0x00050026;

    /// <param name="call">The number of the call.</param>
    /// <param name="with">Only calls with these arguments: the index, from 0, and the lower half of the value.</param>
    public static bool TryForbid(int call, params (int Argument, uint Value)[] with)
    {
        // An unequal comparison jumps to the end, where the call is allowed.
        Instruction[] program =
        [
            new(Load, 0), // the number of the call; this is x64 only
            new(JumpIfEqual, (uint)call, ifFalse: (byte)((with.Length * 2) + 1)),
            .. with.SelectMany((w, i) => new Instruction[]
            {
                new(Load, (uint)(FirstArgument + (w.Argument * sizeof(ulong)))),
                new(JumpIfEqual, w.Value, ifFalse: (byte)(((with.Length - i - 1) * 2) + 1)),
            }),
            new(Return, AnswerNotPermitted),
            new(Return, Allow),
        ];
        return TryInstall(program);
    }

    /// <summary>Forbids new processes, but not new threads.</summary>
    public static bool TryForbidProcesses() => TryInstall(
    [
        new(Load, 0),
        new(JumpIfEqual, Clone3, ifTrue: 6), // a filter cannot see its arguments; if it fails, the C library calls clone
        new(JumpIfEqual, Fork, ifTrue: 4),
        new(JumpIfEqual, Vfork, ifTrue: 3),
        new(JumpIfEqual, Clone, ifFalse: 4),
        new(Load, FirstArgument),
        new(JumpIfSet, CloneThread, ifTrue: 2),
        new(Return, AnswerNotPermitted),
        new(Return, AnswerNotThere),
        new(Return, Allow),
    ]);

    private static bool TryInstall(Instruction[] program)
    {
        fixed (Instruction* start = program)
        {
            var filter = new Program { Length = (ushort)program.Length, Start = start };
            return prctl(NoNewPrivileges, 1, 0, 0, 0) == 0 && syscall(SeccompCall, SetModeFilter, AllThreads, &filter) == 0;
        }
    }

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Instruction(ushort code, uint value, byte ifFalse = 0, byte ifTrue = 0)
    {
        // struct sock_filter: code, jt, jf, k
        public readonly ushort Code = code;
        public readonly byte IfTrue = ifTrue;
        public readonly byte IfFalse = ifFalse;
        public readonly uint Value = value;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Program
    {
        public ushort Length;
        public Instruction* Start;
    }

    [LibraryImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int prctl(int option, nint a, nint b, nint c, nint d);

    [LibraryImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint syscall(nint number, nint mode, nint flags, Program* filter);
}
