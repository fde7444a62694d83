/** Every failure a page may show: what happened, what it means, what to do. Failures of a file on its way are in intake-problems. */
export const errors = {
  title: '没有成功',
  fallback: {
    what: '服务器没有给出结果。',
    means: '您填写的内容没有丢失。',
    todo: '请稍后重试；仍不行请联系管理员。',
  },
  offline: { what: '连不上服务器。', means: '内容还在本页。', todo: '请检查网络后重试。' },
  'timed-out': {
    what: '服务器迟迟没有回应。',
    means: '刚才的操作可能已经办成，也可能没有；填写的内容还在本页。',
    todo: '请先看看是否已经办成，再试一次。',
  },
  'not-signed-in': { what: '登录已过期。', means: '需要重新登录才能继续。', todo: '请重新登录。' },
  'not-allowed': {
    what: '您的账号没有这项权限。',
    means: '这项操作没有执行。',
    todo: '需要时请联系上级管理员。',
  },
  'not-found': { what: '没有找到。', means: '它不存在，或不在您的辖区内。', todo: '请从清单重新进入。' },
  'bad-request': {
    what: '请求的内容不完整或格式不对。',
    means: '什么都没有改变。',
    todo: '请检查填写内容后重试。',
  },
  'clue-state': { what: '线索的状态已经变化。', means: '别人可能刚刚处理过。', todo: '请刷新后再操作。' },
  'visit-state': {
    what: '这次入户现在不能这样办。',
    means: '可能已经报告、审定或取消。',
    todo: '请刷新后查看。',
  },
  'visit-changed': {
    what: '这次入户在别处有了变化。',
    means: '您填写的内容还在，没有覆盖别人的。',
    todo: '请对照现在的内容，决定以哪一份为准。',
  },
  'visit-budget': {
    what: '超过了这个人每周的入户上限。',
    means: '上限是为了不给基层加重负担。',
    todo: '请换一个人，或写明理由。',
  },
  'visitor-unfit': {
    what: '这个人不能去这一户。',
    means: '须是本村、本乡镇的人员，或这一户的帮扶责任人。',
    todo: '请从名单中另选一人。',
  },
  'photo-wrong': {
    what: '照片没有传完整。',
    means: '收到的和手机里的不一样。',
    todo: '请重新上传这张照片。',
  },
  'photo-offset': {
    what: '照片上传断在了别处。',
    means: '已收到的部分没有丢。',
    todo: '从已收到的位置接着传即可。',
  },
  'device-revoked': {
    what: '这台手机已被停用。',
    means: '它上面的农户资料要清除，已经上传的不受影响。',
    todo: '请重新登录，再设置一次设备密码。',
  },
  'case-guard': {
    what: '还有条件没有满足，这一步不能办。',
    means: '程序规定的条件由系统把关。',
    todo: '请先办好列出的事项。',
  },
  'measure-state': {
    what: '这项措施现在不能这样改。',
    means: '它已经结束或取消，或者方案已经关闭，可能别人刚改过。',
    todo: '请刷新后再看；需要的话另加一项措施。',
  },
  'measure-unproven': {
    what: '还没有写明凭据和成效。',
    means: '措施落实了没有、有什么用，要说得清。',
    todo: '请写上凭据（如银行回单、上岗名单）和成效，再办完成。',
  },
  'case-running': {
    what: '这一户已有一件正在办理。',
    means: '一户同时只办一件识别或消除。',
    todo: '请先办完或终止那一件。',
  },
  page: {
    what: '这一页没有显示出来。',
    means: '可能是网络中断，或系统刚刚更新过。',
    todo: '请重新载入；仍不行请联系管理员。',
  },
  'no-such-page': {
    what: '没有这一页。',
    means: '网址可能抄错了，或页面已经移走。',
    todo: '请从菜单重新进入。',
  },
  'policy-invalid': {
    what: '政策参数读不出来。',
    means: '政策包有误，数据没有改变。',
    todo: '请联系管理员检查政策包。',
  },
  'policy-unset': {
    what: '那一天还没有政策。',
    means: '系统里最早的政策包还没有开始，没有数值可以依据，什么都没有改变。',
    todo: '请改用有政策的日期；确需处理更早的日期，请联系管理员补上政策包。',
  },
  'reason-required': { what: '没有填写理由。', means: '这项决定需要留下理由。', todo: '请填写理由。' },
  'deadline-invalid': {
    what: '期限无法计算。',
    means: '那一年还没有工作日历。',
    todo: '请改短期限，或联系管理员补充日历。',
  },
  'place-outside-clue': {
    what: '派发地点与线索不符。',
    means: '线索只能派给该户所在的乡镇或村。',
    todo: '请重新选择。',
  },
  'key-rotation-running': {
    what: '密钥正在更换。',
    means: '同一时间只能更换一次，没有重复开始。',
    todo: '等这一次完成后再试。',
  },
  'keys-used-up': {
    what: '密钥编号已经用完。',
    means: '没有更换密钥，数据仍用现在的密钥。',
    todo: '请联系系统管理员。',
  },
  'request-too-large': {
    what: '提交的内容太大。',
    means: '服务器没有接收，什么都没有改变。',
    todo: '请减少内容，分几次提交。',
  },
  'request-too-slow': {
    what: '网络太慢，内容没有传完。',
    means: '服务器没有收全，什么都没有改变。',
    todo: '请换一个网络，或稍后重试。',
  },
  'request-malformed': {
    what: '请求的格式不对。',
    means: '服务器读不懂，什么都没有改变。',
    todo: '请重新载入本页后重试。',
  },
  'content-type-wrong': {
    what: '请求的格式不对。',
    means: '服务器不接收这种内容，什么都没有改变。',
    todo: '请重新载入本页后重试。',
  },
  'cross-site': {
    what: '请求来自别的网站，已经拦下。',
    means: '什么都没有改变。',
    todo: '请从本系统的网址打开页面再操作；若经代理访问，请联系管理员核对网址设置。',
  },
  'reveal-limit': {
    what: '今天能看的完整号码已用完',
    means: '每人每天能看的完整号码有上限。',
    todo: '明天再看，或请同事办理。',
  },
  'break-glass-limit': {
    what: '今天的紧急查阅次数已用完',
    means: '每人每天的次数有上限，查不到也算一次。',
    todo: '明天再试，或请当地经办人查阅。',
  },
  'break-glass-needless': {
    what: '这一户就在您的辖区',
    means: '不需要紧急查阅。',
    todo: '在户档案里直接搜索即可。',
  },
  'same-person': {
    what: '自己提出的，不能由自己批准。',
    means: '这项决定没有作出。',
    todo: '请让另一位有权限的同事办理。',
  },
  'taken-limit': {
    what: '今天合计查看、导出的农户已到限额。',
    means: '列表、户档案和导出合并计算；没有再显示新的农户，今天看过的仍可查看。已报审计管理员。',
    todo: '工作确有需要的，请在“导出登记”里申请继续查看，由另一人同意；或明天再办。',
  },
  'account-tied': {
    what: '您与当事人的账号有经手关系，暂时不能互相审定。',
    means: '您最近参与过对方账号的新建、调整或重置（或对方参与过您的），这项决定没有作出。',
    todo: '请让没有经手过该账号的同事办理，或等经手关系期满。',
  },
  'request-pending': {
    what: '这个账号已有同样的申请在等第二人。',
    means: '没有重复登记。',
    todo: '请等第二人决定；有误的，请其不同意后重新申请。',
  },
  'request-not-pending': {
    what: '这项申请已经有人决定过，或已过期。',
    means: '您的决定没有作出。',
    todo: '请刷新后查看；过期的请申请人重新提出。',
  },
  'approver-unfit': {
    what: '这项申请不能由您同意。',
    means: '须由与申请人不同职责、辖区包含该账号的人决定，账号本人不能决定。',
    todo: '请让领导、系统管理员或安全管理员中另一职责的人办理。',
  },
  'correction-state': {
    what: '这件更正现在不能这样办。',
    means: '可能已由别人承办，或者刚刚办到下一步。',
    todo: '请刷新后查看；要自己办的，先改由自己承办。',
  },
  'report-changed': {
    what: '到期清单已经变了。',
    means: '与申请时看到的不一样，没有清除任何东西。',
    todo: '请看过新的清单后重新申请。',
  },
  'run-not-pending': {
    what: '这次清除已经有人决定过了。',
    means: '您的决定没有作出。',
    todo: '请刷新后查看结果。',
  },
  'second-factor-required': {
    what: '还没有完成第二步验证。',
    means: '在此之前不能查看或办理业务。',
    todo: '请先绑定或输入动态验证码。',
  },
  'password-change-required': {
    what: '还在使用别人给您的初始密码。',
    means: '在改成自己的密码之前不能查看或办理业务。',
    todo: '请先修改密码。',
  },
  'account-not-yours': {
    what: '这个账号不归您管理。',
    means: '什么都没有改变。',
    todo: '请联系它的上级，或本辖区的系统管理员。',
  },
  'account-suspended': {
    what: '账号已停用。',
    means: '停用期间不能登录。',
    todo: '请联系为您开户的上级管理员。',
  },
  'account-state': {
    what: '账号的状态已经变化。',
    means: '别人可能刚刚处理过，这一步没有执行。',
    todo: '请刷新后查看现在的状态。',
  },
  'username-taken': {
    what: '这个用户名已经有人用了。',
    means: '没有新建账号。',
    todo: '请换一个用户名，例如在后面加上单位或编号。',
  },
  'role-not-grantable': {
    what: '您不能给出这个角色。',
    means: '什么都没有改变。',
    todo: '请从列出的角色中选择；其他角色请联系系统管理员。',
  },
  'department-required': {
    what: '部门与角色不符。',
    means: '部门数据员和银行账号要选部门，其他角色不选。',
    todo: '请检查部门一栏。',
  },
  'area-wrong-level': {
    what: '辖区的级别与角色不符。',
    means: '例如乡镇扶贫专干的辖区应是一个乡镇。',
    todo: '请把辖区选到合适的级别。',
  },
  'last-administrator': {
    what: '这是最后一个省级系统管理员。',
    means: '停用或调走之后，就没有人能再开通账号。',
    todo: '请先开通另一位省级系统管理员。',
  },
  'handover-target': {
    what: '工作不能移交给这个账号。',
    means: '接收人须是同一角色、在用，且辖区包含要移交的农户。没有移交任何工作。',
    todo: '请另选接收人。',
  },
  'sign-in-failed': {
    what: '用户名或密码不对。',
    means: '没有登录。连续输错多次，账号会暂时锁定。',
    todo: '请检查大小写后重试；忘记密码请联系上级管理员重置。',
  },
  'sign-in-locked': {
    what: '输错次数太多，账号暂时锁定。',
    means: '锁定期间，密码正确也不能登录。',
    todo: '请等锁定到期后再试，或请上级管理员解锁。',
  },
  'too-many-requests': {
    what: '操作太频繁。',
    means: '服务器暂时不处理，内容还在本页。',
    todo: '请稍等片刻再试。',
  },
  'database-away': {
    what: '数据库暂时连不上。',
    means: '没有任何数据丢失，输入的内容还在本页。',
    todo: '系统正在自动重连；稍等片刻再试。',
  },
  'disk-full': {
    what: '服务器磁盘已满，暂时不能保存。',
    means: '已保存的数据完好，这一次没有保存。',
    todo: '请管理员释放空间后再试。',
  },
  'disk-read-only': {
    what: '服务器磁盘只能读、不能写，暂时不能保存。',
    means: '已保存的数据完好，这一次没有保存。',
    todo: '请管理员检查磁盘后再试。',
  },
  'enrolment-wrong': {
    what: '启用码不对，或已经用过、过期。',
    means: '用户名和两段启用码必须都对；密码还没有设置。',
    todo: '请核对两张交接单；仍不行，请管理员重新申请重置密码。',
  },
  'code-wrong': {
    what: '验证码不对。',
    means: '可能已经过期：每 30 秒换一次。',
    todo: '请输入手机上正在显示的 6 位数字，并检查手机时间是否准确。',
  },
  'challenge-ended': {
    what: '等待验证的时间到了。',
    means: '为了安全，要从头登录一次。',
    todo: '请重新输入用户名和密码。',
  },
  'password-wrong': {
    what: '当前密码不对。',
    means: '什么都没有改变。连续输错多次，账号会暂时锁定。',
    todo: '请检查大小写后重试。',
  },
  'password-weak': {
    what: '新密码不合要求。',
    means: '密码没有修改。',
    todo: '请按列出的要求修改新密码。',
  },
  'template-broken': {
    what: '表格模板有问题，文件没有生成。',
    means: '本单位的模板里有写错的地方，其他表格不受影响。',
    todo: '请按下面列出的位置改好模板；或者把它移走，改用系统自带的模板。',
  },
  'export-not-pending': {
    what: '这份导出已经有人决定了。',
    means: '别人可能刚刚批准或退回，这一步没有执行。',
    todo: '请刷新后查看结果。',
  },
  'export-not-ready': {
    what: '这份导出现在不能下载。',
    means: '可能还在等待审批，或没有获批。',
    todo: '请在导出登记里查看它的状态。',
  },
  'export-grown': {
    what: '数据比申请时多了。',
    means: '多出的部分没有经过审批，文件没有导出。',
    todo: '请重新申请导出。',
  },
  'export-needs-approval': {
    what: '行数较多，须另一人审批才能导出。',
    means: '没有生成文件。',
    todo: '请先申请导出，等同事批准后再下载。',
  },
}
