namespace LifetimeMonitoring.Snapshots.Clone;

/// <summary>Requests clones, one at a time, in memory that is reused for the next request.</summary>
internal sealed unsafe class CloneRequests(ILinux linux, TimeSpan stoppingLimit)
{
    /// <summary>The error if the runtime's type data changed while the clone was made (EAGAIN).</summary>
    public const int NotSettled = 11;

    // Two threads that make clones at the same time would stop each other until the limit of their tracers. Another
    // copy of this library in the process, such as a plug-in's, has a lock of its own.
    private static readonly object s_making = new();
    private readonly object _gate = new();
    private readonly int[] _restless = new int[CloneRequest.MaxRestless];
    private int _restlessCount;
    private nint _free;

    /// <summary>
    /// Stopping normally takes microseconds; a thread that has not stopped within this time is copied as it is.
    /// </summary>
    public static readonly TimeSpan DefaultStoppingLimit = TimeSpan.FromMilliseconds(20);

    // Copying the runtime's type data takes milliseconds; on a starved machine the child may have to wait for a
    // processor.
    private static readonly TimeSpan s_freezingLimit = TimeSpan.FromSeconds(2);

    // More than stopping, copying and a busy machine take.
    private static readonly TimeSpan s_holdLimit = TimeSpan.FromSeconds(5);

    // A program compiles most of its code in its first seconds. (This is enough for some 40 attempts of milliseconds
    // each.)
    private static readonly TimeSpan s_settlingLimit = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Clones the process and passes the results to <paramref name="read"/> while we own the request.
    /// </summary>
    /// <param name="channel">The memory through which the clone takes search orders.</param>
    /// <param name="compare">Compares the memory that the runtime maps twice before and after the clone, which costs
    /// milliseconds. Without it the clone is settled only if no thread ran.</param>
    /// <param name="read">Makes the snapshot from the clone's process id and its threads.</param>
    /// <exception cref="SnapshotRefusedException">The system does not allow it.</exception>
    public CloneSnapshot Clone(nint channel, bool compare, Func<int, IReadOnlyList<ThreadCapture>, CloneSnapshot> read)
    {
        CloneRequest* request = Rent();
        try
        {
            CloneReaper.OfThoseLeft(linux);
            int processId = Clone(request, channel, compare);
            try
            {
                return read(processId, new CloneThreads(request).Captures());
            }
            catch
            {
                _ = CloneReaper.Of(linux, processId);
                throw;
            }
        }
        finally
        {
            Return(request);
        }
    }

    private int Clone(CloneRequest* request, nint channel, bool compare)
    {
        *request = new CloneRequest
        {
            StopTimeoutMicroseconds = (int)stoppingLimit.TotalMicroseconds,
            Capacity = CloneRequest.MaxThreads,
            FreezeTimeoutMicroseconds = (int)s_freezingLimit.TotalMicroseconds,
            HoldLimitMicroseconds = (int)s_holdLimit.TotalMicroseconds,
            Compare = compare ? 1 : 0,
            Channel = channel,
        };
        TellRestless(request, isFirst: !compare);
        int result;
        using (Interruption.Lock(s_making)) result = linux.Clone(request);
        int frozen = Volatile.Read(ref request->Frozen);
        if (result < 0 || (result == 0 && frozen == 0))
            throw new SnapshotRefusedException(CloneErrors.Explain(-result));
        bool isFrozen = frozen == 1;
        if (isFrozen && (compare || NobodyRan(new CloneThreads(request)))) return result;
        RememberRestless(new CloneThreads(request));
        if (result > 0) _ = CloneReaper.Of(linux, result);
        int error = isFrozen ? NotSettled : -frozen;
        throw new SnapshotRefusedException(CloneErrors.ExplainNotFrozen(error, s_freezingLimit))
        {
            Attempts = AttemptsAfter(error),
            Patience = error == NotSettled ? s_settlingLimit : TimeSpan.Zero,
        };
    }

    private void TellRestless(CloneRequest* request, bool isFirst)
    {
        if (isFirst) _restlessCount = 0;
        for (int i = 0; i < _restlessCount; i++) request->Restless[request->RestlessCount++] = _restless[i];
    }

    private void RememberRestless(CloneThreads threads)
    {
        for (int i = 0; i < threads.Count; i++)
        {
            CloneThread thread = threads[i];
            if (thread.State == (int)ThreadActivity.Moved
                && thread.IsTraced == 0
                && _restlessCount < _restless.Length
                && !_restless.AsSpan(0, _restlessCount).Contains(thread.ThreadId))
                _restless[_restlessCount++] = thread.ThreadId;
        }
    }

    // Every thread that was not stopped was blocked throughout. If the slots are full, there may be unknown threads.
    private static bool NobodyRan(CloneThreads threads)
    {
        for (int i = 0; i < threads.Count; i++)
        {
            if ((ThreadActivity)threads[i].State is ThreadActivity.Moved or ThreadActivity.Unknown) return false;
        }

        return threads.Count < CloneRequest.MaxThreads;
    }

    private static int AttemptsAfter(int error) => error switch
    {
        0 => 3, // Each takes seconds.
        NotSettled => 10, // Each takes a few milliseconds, more on a starved machine.
        _ => 1,
    };

    private CloneRequest* Rent()
    {
        using (Interruption.Lock(_gate))
        {
            nint free = _free;
            _free = 0;
            if (free != 0) return (CloneRequest*)free;
        }

        nint memory = linux.AllocateShared(CloneThreads.LengthWithRequest);
        return memory > 0
            ? (CloneRequest*)memory
            : throw new SnapshotRefusedException(CloneErrors.Explain((int)-memory));
    }

    private void Return(CloneRequest* request)
    {
        nint other;
        using (Interruption.Lock(_gate)) (other, _free) = (_free, (nint)request);
        if (other != 0) linux.FreeShared(other, CloneThreads.LengthWithRequest);
    }
}
