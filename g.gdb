set pagination off
set breakpoint pending on
break swift_task_enqueueGlobalImpl
break _dispatch_workq_worker_register
commands 1
bt 14
continue
end
commands 2
bt 10
continue
end
run run --config /tmp/idle/fx.yaml
