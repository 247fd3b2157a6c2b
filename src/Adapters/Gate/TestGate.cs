namespace LifetimeMonitoring.Adapters;

/// <summary>
/// Lets a test whose claim is about types run alone, because the check cannot distinguish its instances from those of a
/// test that runs at the same time. All other tests run together.
/// </summary>
internal sealed class TestGate
{
    private static readonly AsyncLocal<GatePass?> s_current = new();
    private readonly object _lock = new();
    private readonly TimeSpan _patience;
    private int _inside, _waitingToBeAlone;
    private GatePass? _alone;
    private TaskCompletionSource _changed = Signal();

    /// <param name="patience">How long a test waits for others. Then it runs all the same.</param>
    public TestGate(TimeSpan patience) => _patience = patience;

    /// <summary>The gate of all tests of this process.</summary>
    public static TestGate OfProcess { get; } = new(TimeSpan.FromMinutes(1));

    /// <summary>The pass of the test that runs here. Set it in the flow that runs the test.</summary>
    public static GatePass? Current
    {
        get => s_current.Value;
        set => s_current.Value = value;
    }

    /// <summary>Waits until a test may run.</summary>
    /// <param name="alone">Whether it asks to run alone. After the gate's patience it runs beside others.</param>
    public async ValueTask<GatePass> EnterAsync(bool alone)
    {
        // A test that runs other tests would wait for itself.
        if (Current is { } outer) return new GatePass(outer);
        if (TryEnter(alone, isWaiting: false) is { } pass) return pass;
        using var patience = new CancellationTokenSource(_patience);
        try
        {
            while (true)
            {
                Task changed = Changed();
                if (TryEnter(alone, isWaiting: true) is { } entered) return entered;
                await changed.WaitAsync(patience.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            return EnterBesideOthers(alone);
        }
    }

    public void Leave(GatePass pass)
    {
        lock (_lock)
        {
            if (_alone == pass) _alone = null;
            else _inside--;
            Announce();
        }
    }

    private GatePass? TryEnter(bool alone, bool isWaiting)
    {
        lock (_lock)
        {
            // A test that waits to be alone goes first: otherwise it might wait for ever.
            bool isFree = _alone is null && (alone ? _inside == 0 : _waitingToBeAlone == 0);
            if (!isFree)
            {
                if (alone && !isWaiting) _waitingToBeAlone++;
                return null;
            }

            if (alone && isWaiting) _waitingToBeAlone--;
            var pass = new GatePass(this, alone);
            if (alone) _alone = pass;
            else _inside++;
            return pass;
        }
    }

    private GatePass EnterBesideOthers(bool alone)
    {
        lock (_lock)
        {
            if (alone) _waitingToBeAlone--;
            _alone?.EndAloneness();
            _inside++;
            Announce();
            return new GatePass(this, isAlone: false);
        }
    }

    private Task Changed()
    {
        lock (_lock) return _changed.Task;
    }

    // Called within the lock.
    private void Announce()
    {
        _changed.SetResult();
        _changed = Signal();
    }

    // A test must not run on the thread that lets it in.
    private static TaskCompletionSource Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
