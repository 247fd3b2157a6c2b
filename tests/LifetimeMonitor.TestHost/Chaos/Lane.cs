using LifetimeMonitoring.TestHost.Chaos.Loads;

namespace LifetimeMonitoring.TestHost.Chaos;

/// <summary>Sequential checks on their own thread, as a test class makes them.</summary>
internal sealed class Lane
{
    private const int ScopesAreSeldom = 8;
    private readonly string _episode;
    private readonly int _number, _checks;
    private readonly Random _random;
    private readonly Conditions _conditions;
    private readonly Tally _tally;
    private readonly Func<bool> _isOver;
    private readonly Thread _thread;

    /// <param name="episode">The name of the episode.</param>
    /// <param name="number">Its number in the episode, from 0.</param>
    /// <param name="checks">How many checks it makes.</param>
    /// <param name="random">The source of its choices, used by no other lane.</param>
    /// <param name="conditions">The common conditions of the checks of all lanes.</param>
    /// <param name="tally">Collects the results.</param>
    /// <param name="isOver">Whether no step may begin any more.</param>
    public Lane(string episode, int number, int checks, Random random, Conditions conditions, Tally tally, Func<bool> isOver)
    {
        (_episode, _number, _checks, _random, _conditions, _tally, _isOver) = (episode, number, checks, random, conditions, tally, isOver);
        _thread = new Thread(Run) { Name = $"lane {number}", IsBackground = true };
    }

    public void Start() => _thread.Start();

    public void Join() => _thread.Join();

    private void Run()
    {
        for (int i = 0; i < _checks && !_isOver(); i++)
        {
            IChaosStep step = _random.Next(ScopesAreSeldom) == 0
                ? new ScopeCheck(_random, _number, _conditions)
                : new ChaosCheck(_random, _number, _conditions);
            string name = $"chaos {_episode}, lane {_number}, check {i}: {step}";
            Watchdog.Begin(_thread.Name!, name);
            try
            {
                step.Run(_tally, name);
            }
            catch (OutOfMemoryException) when (NearlyFullHeap.HasLimit)
            {
                _tally.CountOutOfMemory();
            }
#pragma warning disable CA1031 // Any exception is an error, and is reported with its cause.
            catch (Exception e)
#pragma warning restore CA1031
            {
                _tally.Fail(name, e.ToString());
            }

            _tally.CountCheck();
        }

        Watchdog.End(_thread.Name!);
    }
}
