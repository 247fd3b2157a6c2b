using Polly;
using Polly.Registry;
using Polly.Retry;

namespace LifetimeMonitoring.Libraries.Tests;

[Collection(Leak.Collection)]
public sealed class ResilienceTests
{
    [Fact]
    [Leaks(typeof(ResiliencePipeline), "a builder in a `ResiliencePipelineRegistry` captures it", "`Dispose()` of the registry, and let go of it")]
    public void A_registry_of_pipelines_is_disposed() => Leak.IsMended(
        () =>
        {
            var connection = new Connection();
            _ = Leak.Hold(new ResiliencePipelineRegistry<string>()).TryAddBuilder("retry", (builder, _) => connection.OnNext(builder.GetHashCode()));
            return connection;
        },
        "The ResiliencePipelineRegistry<string> keeps it: when the Connection is done, dispose the "
        + "ResiliencePipelineRegistry<string> and let go of it.",
        () =>
        {
            Leak.Holder<ResiliencePipelineRegistry<string>>().Dispose();
            Leak.LetGo();
        });

    [Fact]
    [Leaks(typeof(ResiliencePipeline), "`OnRetry` of a pipeline captures it", "let go of the pipeline")]
    public void A_pipeline_keeps_its_callbacks() => Leak.IsMended(
        () =>
        {
            var connection = new Connection();
            _ = Leak.Hold(new ResiliencePipelineBuilder().AddRetry(new RetryStrategyOptions
            {
                OnRetry = a =>
                {
                    connection.OnNext(a.AttemptNumber);
                    return default;
                },
            }).Build());
            return connection;
        },
        "A delegate keeps its target alive: let go of the delegate when the Connection is done.",
        Leak.LetGo);

    [Fact]
    [Leaks(typeof(Policy), "a policy in a `PolicyRegistry` captures it", "`Remove(key)`")]
    public void A_policy_is_removed_from_its_registry() => Leak.IsMended(
        () =>
        {
            var connection = new Connection();
            Leak.Hold(new PolicyRegistry()).Add("retry", Policy.Handle<IOException>().Retry(3, (_, i) => connection.OnNext(i)));
            return connection;
        },
        "The PolicyRegistry keeps it: call its Remove when the Connection is done.",
        () => Leak.Holder<PolicyRegistry>().Remove("retry"));
}
