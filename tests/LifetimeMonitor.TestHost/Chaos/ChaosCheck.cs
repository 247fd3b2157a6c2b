using LifetimeMonitoring.TestHost.Chaos.Leaks;

namespace LifetimeMonitoring.TestHost.Chaos;

/// <summary>One check, chosen by its seed: of an unheld object, or of a held one, which must be dead later.</summary>
internal sealed class ChaosCheck : IChaosStep
{
    private const int DeadAreSeldom = 5;
    private static readonly TimeSpan s_asynchronousPatience = TimeSpan.FromMilliseconds(100);
    private readonly Leak? _leak;
    private readonly Form _form;
    private readonly LifetimeOptions _options;
    private readonly FailingCalls.Failure _failure;
    private readonly bool _isDisturbed;
    private LifeTimeMonitor? _monitor;

    public ChaosCheck(Random random, int lane, Conditions conditions)
    {
        _leak = random.Next(DeadAreSeldom) == 0 ? null : LeakMenu.Choose(random, lane, maybeLocalOfCheck: true);
        _options = OptionsMenu.Choose(random, conditions.AllowsDumps);
        _form = (Form)random.Next((int)Form.WithFailingCall);
        _failure = FailingCalls.Choose(random);
        if (conditions.Disturbance == Disturbance.FailingCalls && random.Next(2) == 0) _form = Form.WithFailingCall;
        _isDisturbed = _form == Form.WithFailingCall
            || conditions.Disturbance == Disturbance.KilledClones
            || OptionsMenu.IsHurried(_options);
    }

    public void Run(Tally tally, string name)
    {
        if (_leak is null) OfDead(tally, name);
        else OfHeld(_leak, tally, name);
    }

    public override string ToString() =>
        $"{(_leak is null ? "dead object" : _leak)}, {_form}, {OptionsMenu.Describe(_options)}" +
        $"{(_form == Form.WithFailingCall ? $", {_failure}" : "")}";

    private void OfDead(Tally tally, string name)
    {
        Answer answer = Ask(LifeTimeMonitor.Track(() => new Leaked()), _options);
        if (answer.Report is { } report && Judge.OfDead(report) is { } complaint) tally.Fail(name, complaint);
    }

    private void OfHeld(Leak leak, Tally tally, string name)
    {
        Answer answer;
        try
        {
            answer = leak.CheckWith(monitor =>
            {
                _monitor = monitor;
                return Ask(monitor, _options);
            });
            if (answer.Report is not { } report) tally.Fail(name, "an object that is held passed for dead");
            else
            {
                if (answer.Time.Late(
                        report,
                        _options,
                        _form is Form.CheckAsync or Form.AssertDeadAsync ? s_asynchronousPatience : TimeSpan.Zero) is { } late)
                    tally.FailLate(name, late, answer);
                if (Judge.OfHeld(report, leak.Expected, OptionsMenu.IsHurried(_options)) is { } complaint) tally.Fail(name, complaint);
                tally.CountCertainty(report, _isDisturbed);
            }
        }
        finally
        {
            leak.LetGo();
        }

        // By now the disturbance is over.
        if (_monitor is not null && Judge.OfDead(_monitor.Check()) is { } alarm) tally.Fail($"{name}, let go of", alarm);
    }

    private Answer Ask(LifeTimeMonitor monitor, LifetimeOptions options) => _form switch
    {
        Form.Check => Answer.Of(() => [monitor.Check(options)]),
        Form.AssertDead => Answer.OfAssertion(() => monitor.AssertDead(options)),
        Form.CheckAsync => Answer.Of(() => [monitor.CheckAsync(options).GetAwaiter().GetResult()]),
        Form.AssertDeadAsync => Answer.OfAssertion(() => monitor.AssertDeadAsync(options).GetAwaiter().GetResult()),
        _ => FailingCalls.Check(monitor, options, _failure),
    };
}
