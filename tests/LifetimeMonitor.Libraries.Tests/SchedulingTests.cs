using Quartz;

namespace LifetimeMonitoring.Libraries.Tests;

[Collection(Leak.Collection)]
public sealed class SchedulingTests
{
    private static readonly JobKey s_key = new("job");

    [Fact]
    [Leaks(typeof(IScheduler), "the `JobDataMap` of a job has it", "`DeleteJob(key)`")]
    public void A_job_is_deleted() => Leak.IsMended(
        () =>
        {
            var connection = new Connection();
            IJobDetail job = JobBuilder.Create<Job>().WithIdentity(s_key).StoreDurably().Build();
            job.JobDataMap["connection"] = connection;
            Hold().AddJob(job).AsTask().Wait();
            return connection;
        },
        "A scheduler keeps a job, with its JobDataMap, until the job is deleted: call DeleteJob when the Connection is done.",
        () => Result(Leak.Holder<IScheduler>().DeleteJob(s_key)));

    [Fact]
    [Leaks(typeof(IScheduler), "it is a listener to jobs", "`ListenerManager.RemoveJobListener(name)`")]
    public void A_listener_to_jobs_is_removed() => Leak.IsMended(
        () =>
        {
            var listener = new Listener();
            Hold().ListenerManager.AddJobListener(listener);
            return listener;
        },
        "A scheduler keeps a listener until it is removed: call the Remove method of its kind on the ListenerManager when the "
        + "Listener is done.",
        () => Leak.Holder<IScheduler>().ListenerManager.RemoveJobListener("listener"));

    private static IScheduler Hold() => Leak.Hold(Result(QuartzSchedulerBuilder.Create().BuildScheduler()));

    private static T Result<T>(ValueTask<T> task) => task.AsTask().GetAwaiter().GetResult();

    private sealed class Job : IJob
    {
        public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => default;
    }

    private sealed class Listener : IJobListener
    {
        public string Name => "listener";
    }
}
