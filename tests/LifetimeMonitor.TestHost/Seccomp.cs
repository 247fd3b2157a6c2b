using System.Runtime.InteropServices;

namespace LifetimeMonitor.TestHost;

/// <summary>Forbids this process some system calls for good, as a container's seccomp profile does: they answer EPERM.</summary>
internal static unsafe partial class Seccomp
{
    public const int Clone = 56, ProcessVmReadv = 310;
    private const int SeccompCall = 317, SetModeFilter = 1, AllThreads = 1, NoNewPrivileges = 38;
    private const ushort Load = 0x20, JumpIfEqual = 0x15, Return = 0x06;
    private const uint Allow = 0x7fff0000, AnswerNotPermitted = 0x00050001;

    public static bool TryForbid(int call)
    {
        Instruction[] program =
        [
            new(Load, 0), // the number of the call; this is x64 only
            new(JumpIfEqual, (uint)call, ifTrue: 1),
            new(Return, Allow),
            new(Return, AnswerNotPermitted),
        ];
        fixed (Instruction* start = program)
        {
            var filter = new Program { Length = (ushort)program.Length, Start = start };
            return prctl(NoNewPrivileges, 1, 0, 0, 0) == 0 && syscall(SeccompCall, SetModeFilter, AllThreads, &filter) == 0;
        }
    }

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Instruction(ushort code, uint value, byte ifTrue = 0)
    {
        // struct sock_filter: code, jt, jf, k
        public readonly ushort Code = code;
        public readonly byte IfTrue = ifTrue;
        public readonly byte IfFalse = 0;
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
