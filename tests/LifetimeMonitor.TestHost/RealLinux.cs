using LifetimeMonitoring.Snapshots.Clone;
using Microsoft.Win32.SafeHandles;

namespace LifetimeMonitoring;

/// <summary>The real system calls, as a base for classes that change one of them.</summary>
internal abstract unsafe class RealLinux : ILinux
{
    private readonly LinuxCalls _real = new();

    public virtual int Clone(CloneRequest* request) => _real.Clone(request);

    public virtual int Kill(int processId) => _real.Kill(processId);

    public virtual int Reap(int processId, bool wait) => _real.Reap(processId, wait);

    public virtual Stream Open(string file) => _real.Open(file);

    public virtual bool IsAlive(int processId) => _real.IsAlive(processId);

    public virtual SafeFileHandle OpenMemory(int processId) => _real.OpenMemory(processId);

    public virtual nint Read(int processId, SafeFileHandle memory, ulong address, Span<byte> buffer) =>
        _real.Read(processId, memory, address, buffer);

    public virtual nint AllocateShared(nint length) => _real.AllocateShared(length);

    public virtual void FreeShared(nint memory, nint length) => _real.FreeShared(memory, length);

    public virtual int MakeWritable(ulong start, ulong length) => _real.MakeWritable(start, length);

    public virtual int ThreadId() => _real.ThreadId();

    public virtual int Processors() => _real.Processors();

    public virtual int Processor() => _real.Processor();

    public virtual void Avoid(int processor) => _real.Avoid(processor);

    public virtual void Sleep(int* word, int value, TimeSpan limit) => _real.Sleep(word, value, limit);

    public virtual void Wake(int* word) => _real.Wake(word);
}
